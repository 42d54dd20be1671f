import { expect, test } from 'vitest'
import { inboxPath, parseInboxFilters } from './inbox-filters.ts'

test.each([
  ['', '/outreach/conversations'],
  ['filter=at_risk&sort=waiting', '/outreach/conversations?filter=at_risk&sort=waiting'],
  [
    'practice=00000000-0000-0000-0000-00000000002A&filter=mine',
    '/outreach/conversations?filter=mine&practice=00000000-0000-0000-0000-00000000002a',
  ],
  ['practice=Harbor', '/outreach/conversations'],
  ['filter=everything&sort=oldest', '/outreach/conversations'],
])('the address %s is kept as %s', (address, path) => {
  expect(inboxPath(parseInboxFilters(new URLSearchParams(address)))).toBe(path)
})

test('the filters stay while one goes from conversation to conversation', () => {
  expect(inboxPath({ filter: 'mine', sort: 'newest' }, 'a')).toBe('/outreach/conversations/a?filter=mine')
})
