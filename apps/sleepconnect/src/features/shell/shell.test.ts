import { navigation } from '@sax/topology'
import { expect, test } from 'vitest'
import { currentItem } from './current-item.ts'
import { roleLabel } from './role-label.ts'

test.each<[path: string, id: string | undefined]>([
  ['/', 'home'],
  ['/patients', 'patients'],
  ['/patients/10000000-0000-4000-8000-000000000016', 'patients'],
  ['/admin/zones', 'zones'],
  ['/nowhere', undefined],
])('on %s the menu marks %s', (path, id) => {
  expect(currentItem(navigation, path)).toBe(id)
})

test('a person is shown with the widest of their roles', () => {
  expect(roleLabel(['coordinator', 'administrator'])).toBe('Administrator')
  expect(roleLabel(['coordinator'])).toBe('Coordinator')
  expect(roleLabel([])).toBe('No role')
})
