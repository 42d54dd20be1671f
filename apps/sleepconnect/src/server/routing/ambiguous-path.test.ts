import { expect, test } from 'vitest'
import { isAmbiguousPath } from './ambiguous-path.ts'

test.each([
  '/outreach/api/outreach/%63onversations',
  '/outreach/api/outreach/%74emplates',
  '/outreach/api%2foutreach',
  '/outreach/api%2Foutreach',
  '/outreach/%2e%2e/admin',
  '/outreach/../admin',
  '/outreach/./admin',
  '//outreach',
  '/outreach//templates',
  '/outreach\\templates',
  '/outreach%5ctemplates',
  '/outreach%00',
  '/outreach%0d%0a',
  '/outreach%7f',
  '/outreach%25',
  '/outreach%',
  '/outreach%4',
  '/outreach%zz',
])('R10: %s can be read in two ways', (path) => {
  expect(isAmbiguousPath(path)).toBe(true)
})

test.each([
  '/',
  '/patients',
  '/outreach/templates',
  '/outreach/templates/a%20b',
  '/x/Jos%C3%A9',
  "/x/it's",
  '/a.b/~c-d_e',
  '/x/...',
])('%s can be read in one way only', (path) => {
  expect(isAmbiguousPath(path)).toBe(false)
})
