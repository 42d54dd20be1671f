import { expect, test } from 'vitest'
import { templateFixture } from '../template-fixture.ts'
import { categoryName, favourites, groupedRows } from './rows.ts'

const categories = [
  { slug: 'reminders', name: 'Reminders', position: 2, templateCount: 1 },
  { slug: 'welcome', name: 'Welcome', position: 1, templateCount: 2 },
  { slug: 'empty', name: 'Empty', position: 3, templateCount: 0 },
]
const named = (name: string, category: string, myUsageCount = 0) => templateFixture({ name, category, myUsageCount })

test('templates lie under their headings, categories in their own order, unknown ones last, empty ones not at all', () => {
  const rows = groupedRows(
    [named('B', 'reminders'), named('A', 'welcome'), named('C', 'old-things'), named('D', 'welcome')],
    categories,
  )
  expect(rows.map((row) => (row.kind === 'heading' ? `${row.label} ${row.count}` : row.template.name))).toEqual([
    'Welcome 2',
    'A',
    'D',
    'Reminders 1',
    'B',
    'Old things 1',
    'C',
  ])
})

test('favourites: most used by me first, equal use by name, never used or archived not at all, six at most', () => {
  const archived = templateFixture({ name: 'Z', myUsageCount: 99, archivedAt: '2026-11-02T12:00:00.000Z' })
  const many = ['H', 'G', 'F', 'E', 'D'].map((name) => named(name, 'welcome', 2))
  expect(
    favourites([named('A', 'welcome', 1), named('B', 'welcome', 3), named('C', 'welcome'), archived, ...many]).map(
      ({ name }) => name,
    ),
  ).toEqual(['B', 'D', 'E', 'F', 'G', 'H'])
})

test('a category nobody lists is shown by its slug in words', () => {
  expect(categoryName('follow-up', [])).toBe('Follow up')
})
