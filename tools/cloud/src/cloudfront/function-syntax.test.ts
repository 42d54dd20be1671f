import { zones } from '@sax/topology'
import { viewerRequestFunction, viewerResponseFunction } from '@sax/topology/cloudfront'
import { expect, test } from 'vitest'
import { unknownSyntax } from './function-syntax.ts'

test.each<[what: string, code: string, told: string]>([
  ['for-of', 'var a = []\nfor (var b of a) a.push(b)', 'for-of in line 2'],
  ['a class', 'class A {}', 'a class in line 1'],
  ['destructuring of an object', 'var { a } = {}', 'destructuring in line 1'],
  ['destructuring in a parameter', '\n\nfunction handler([a]) {}', 'destructuring in line 3'],
  ['a default value', 'function handler(a = 1) {}', 'a default value in line 1'],
  ['spread', 'f(...a)', 'spread in line 1'],
  ['a generator', 'function* g() { yield 1 }', 'a generator in line 1'],
  ['optional chaining', 'a?.b', 'optional chaining in line 1'],
  ['??', 'a ?? b', '?? in line 1'],
  ['a shorthand property', 'var b = { a }', 'a shorthand property in line 1'],
  ['a method', 'var b = { a() {} }', 'a method in an object in line 1'],
  ['a computed property', 'var b = { [a]: 1 }', 'a computed property in line 1'],
])('the runtime at the edge has no %s', (_what, code, told) => {
  expect(unknownSyntax(code)).toBe(told)
})

test.each([
  'var a = 1; for (var b in {}) { continue } do { a-- } while (a); switch (a) { case 0: break } x: while (0) break x',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template literal of the code that is looked at
  'const a = (...rest) => `${rest}`; let b = 2 ** 3',
  'async function handler(event) { await event; try { throw new Error() } catch (_) { return event } finally {} }',
])('it has: %s', (code) => {
  expect(unknownSyntax(code)).toBeUndefined()
})

test('the functions of this site are of what it has', () => {
  expect(unknownSyntax(viewerRequestFunction(zones))).toBeUndefined()
  expect(unknownSyntax(viewerResponseFunction(zones))).toBeUndefined()
})
