import { navigation } from '@sax/topology'
import { expect, test } from 'vitest'
import { menuItems } from './menu-items.ts'

const options = {
  navigation,
  roles: ['coordinator'] as const,
  pathname: '/outreach/templates',
  hostUrl: 'http://host.test',
}

test("the zone's own items are soft, the host's are hard links to the host's name", () => {
  expect(menuItems(options)).toEqual([
    { id: 'home', label: 'Home', href: 'http://host.test/', hard: true, current: false },
    { id: 'patients', label: 'Patients', href: 'http://host.test/patients', hard: true, current: false },
    { id: 'conversations', label: 'Conversations', href: '/outreach/conversations', hard: false, current: false },
    { id: 'templates', label: 'Templates', href: '/outreach/templates', hard: false, current: true },
  ])
})

test.each(['/outreach', '/outreach/', '/outreach/templates/new'])('%s is a page of templates', (pathname) => {
  expect(menuItems({ ...options, pathname }).find(({ current }) => current)?.id).toBe('templates')
})

test('a conversation is a page of conversations', () => {
  const items = menuItems({ ...options, pathname: '/outreach/conversations/a' })
  expect(items.filter(({ current }) => current).map(({ id }) => id)).toEqual(['conversations'])
})

test('an item for a role is shown to that role only', () => {
  expect(menuItems(options).some(({ id }) => id === 'zones')).toBe(false)
  expect(menuItems({ ...options, roles: ['administrator'] }).some(({ id }) => id === 'zones')).toBe(true)
})
