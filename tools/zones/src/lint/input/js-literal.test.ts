import { describe, expect, test } from 'vitest'
import { exportedLiteral, NOT_LITERAL } from './js-literal.ts'
import { readMatcher } from './proxy-file.ts'

describe('a value is read from a text without running it', () => {
  test.each<[string, string, unknown]>([
    ['a list of strings', 'export const config = { matcher: [\'/a\', "/b", `/c`] }', { matcher: ['/a', '/b', '/c'] }],
    ['nothing exported', 'const config = { matcher: "/a" }', undefined],
    ['only in a comment', '// export const config = { matcher: "/a" }', undefined],
    ['a comment inside', 'export const config = { /* x */ matcher: "/a" // y\n}', { matcher: '/a' }],
    ['comment signs inside a string', 'export const config = { matcher: "/a//b/*" }', { matcher: '/a//b/*' }],
    ['escapes', "export const config = { matcher: '/((?!api|\\\\.png).*)' }", { matcher: '/((?!api|\\.png).*)' }],
    ['types around it', 'export const config: C = { a: [1] as const, } satisfies C', { a: [1] }],
    ['quoted keys and trailing commas', "export const config = { 'a': true, b: null, }", { a: true, b: null }],
    ['a variable', 'export const config = { matcher: LIST }', { matcher: NOT_LITERAL }],
    ['a sum', "export const config = { matcher: '/a' + x, b: 1 }", { matcher: NOT_LITERAL, b: 1 }],
    ['a spread', 'export const config = { ...other }', NOT_LITERAL],
    ['a call', 'export const config = make({ matcher: "/a" })', NOT_LITERAL],
    ['a template with values', `export const config = { matcher: \`/$${''}{x}\` }`, { matcher: NOT_LITERAL }],
    ['an exported name', 'const config = {}\nexport { config }', NOT_LITERAL],
    ['a spread inside', 'export const config = { a: { ...b, c: 1 }, d: 2 }', { a: NOT_LITERAL, d: 2 }],
    ['no end', 'export const config = { matcher: [', NOT_LITERAL],
  ])('%s', (_why, source, value) => {
    expect(exportedLiteral(source, 'config')).toEqual(value)
  })

  test('a thousand open brackets end', () => {
    expect(exportedLiteral(`export const config = ${'['.repeat(1000)}`, 'config')).toBeDefined()
  })
})

describe('the matcher of a proxy', () => {
  test.each<[string, string, unknown]>([
    ['no config: every request', 'export function proxy() {}', { kind: 'everything' }],
    ['no matcher: every request', 'export const config = { runtime: "nodejs" }', { kind: 'everything' }],
    [
      'one source',
      "export const config = { matcher: '/a' }",
      { kind: 'sources', sources: [{ source: '/a', conditional: false }] },
    ],
    [
      'an object with a condition',
      "export const config = { matcher: [{ source: '/a', missing: [{ type: 'header', key: 'p' }] }] }",
      { kind: 'sources', sources: [{ source: '/a', conditional: true }] },
    ],
    ['a computed one is not guessed', 'export const config = { matcher: [A, "/b"] }', { kind: 'unknown' }],
  ])('%s', (_why, source, matcher) => {
    expect(readMatcher(source)).toEqual(matcher)
  })
})
