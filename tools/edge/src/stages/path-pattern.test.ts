import { expect, test } from 'vitest'
import { pathOnlyIn, pathPattern, sharedPath } from './path-pattern.ts'

test.each<[pattern: string, path: string, matches: boolean]>([
  ['/outreach', '/outreach', true],
  ['/outreach', '/outreach/', false],
  ['/outreach/*', '/outreach/', true],
  ['/outreach/*', '/outreach/a/b.c', true],
  ['/outreach/*', '/outreach', false],
  ['/outreach/*', '/outreachers', false],
  ['/outreach/*', '/outreach-static/x', false],
  ['/outreach/*', '/Outreach/x', false],
  ['outreach/*', '/outreach/x', true],
  ['/a.b', '/axb', false],
  ['/a?c', '/abc', true],
  ['/a?c', '/ac', false],
  ['/a*c/?', '/a/b/c/d', true],
  ['*', '/anything', true],
  ['*.js', '/x/y.js', true],
  ['*.js', '/x/y.jsx', false],
  ['/[x]', '/[x]', true],
])('%s on %s: %s', (pattern, path, matches) => {
  expect(pathPattern(pattern)(path)).toBe(matches)
})

test.each<[first: string, second: string, shared: string | undefined]>([
  ['/outreach/*', '/outreach/api/*', '/outreach/api/'],
  ['/outreach/*', '/outreach', undefined],
  ['/outreach/*', '/outreach-static/*', undefined],
  ['*.js', '/outreach/*', '/outreach/.js'],
  ['/a?c', '/ab*', '/abc'],
  ['/api/*', '/outreach/api/*', undefined],
])('%s and %s share %s', (first, second, shared) => {
  expect(sharedPath(first, second)).toBe(shared)
})

test.each<[first: string, second: string, only: string | undefined]>([
  ['/outreach/api/*', '/outreach/*', undefined],
  ['/outreach/*', '/outreach/api/*', '/outreach/'],
  ['/a', '/?', undefined],
  ['/?', '/a', '/x'],
  ['/a*', '/a**', undefined],
])('%s without %s leaves %s', (first, second, only) => {
  expect(pathOnlyIn(first, second)).toBe(only)
})
