import { expect, test } from 'vitest'
import { filtersSearch, isWholeLibrary, listQuery, parseFilters } from './filters.ts'

const all = { category: undefined, scope: 'all', sort: 'name', archived: false } as const

test('an empty address shows everything by name', () => {
  expect(parseFilters(new URLSearchParams())).toEqual(all)
})

test('values nobody offers count as not given', () => {
  expect(parseFilters(new URLSearchParams('category=%3Cscript%3E&scope=theirs&sort=length&archived=1'))).toEqual(all)
})

test('filters survive the way through the address, with the chosen patient', () => {
  const filters = { category: 'reminders', scope: 'private', sort: 'usage', archived: true } as const
  const search = filtersSearch(filters, 'p-1')
  expect(search).toBe('?category=reminders&scope=private&sort=usage&archived=true&patient=p-1')
  expect(parseFilters(new URLSearchParams(search))).toEqual(filters)
})

test('A13: category, scope and search are asked of the server, so that its total agrees with the rows', () => {
  expect(listQuery({ ...all, category: 'reminders', scope: 'shared' }, ' mask ', 200)).toEqual({
    limit: 200,
    offset: 200,
    sort: 'name',
    scope: 'shared',
    archived: false,
    category: 'reminders',
    search: 'mask',
  })
})

test.each([
  [all, '', true],
  [{ ...all, sort: 'usage' } as const, '  ', true],
  [all, 'x', false],
  [{ ...all, archived: true }, '', false],
  [{ ...all, category: 'c' }, '', false],
])('%j with search %j is the whole library: %s', (filters, search, expected) => {
  expect(isWholeLibrary(filters, search)).toBe(expected)
})
