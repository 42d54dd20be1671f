import { expect, test } from 'vitest'
import { pathPattern } from './path-pattern.ts'

test.each<[pattern: string, path: string, matches: boolean]>([
  ['/outreach', '/outreach', true],
  ['/outreach', '/outreach/', false],
  ['/outreach/*', '/outreach/', true],
  ['/outreach/*', '/outreach/a/b.c', true],
  ['/outreach/*', '/outreach', false],
  ['/outreach/*', '/outreachers', false],
  ['/outreach/*', '/outreach-static/x', false],
  ['/outreach/*', '/Outreach/x', false],
  ['/outreach*', '/outreach-static/x', true],
  ['outreach/*', '/outreach/x', true],
  ['/a.b', '/axb', false],
  ['/a?c', '/abc', true],
  ['/a?c', '/ac', false],
  ['/a*c/?', '/a/b/c/d', true],
  ['/a**c', '/abbc', true],
  ['*', '/anything', true],
  ['*.js', '/x/y.js', true],
  ['*.js', '/x/y.jsx', false],
  ['/[x]', '/[x]', true],
])('%s on %s: %s', (pattern, path, matches) => {
  expect(pathPattern(pattern)(path)).toBe(matches)
})

test('a pattern may have 255 characters and no more', () => {
  expect(pathPattern(`/${'a'.repeat(254)}`)(`/${'a'.repeat(254)}`)).toBe(true)
  expect(() => pathPattern(`/${'a'.repeat(255)}`)).toThrow('path pattern of 256 characters')
})
