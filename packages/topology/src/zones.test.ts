import { expect, test } from 'vitest'
import { navigation } from './navigation.ts'
import { hostUrl, outreachUrl } from './stage-urls.ts'
import { hostPath, loginPath, outreachApiPath, outreachPath, userContextPath } from './urls.ts'
import { host, isNavigationData, isUnder, outreach, ownerOf } from './zones.ts'

test.each([
  ['/', 'sleepconnect'],
  ['/patients/1', 'sleepconnect'],
  ['/outreach', 'outreach'],
  ['/outreach/', 'outreach'],
  ['/outreach/templates', 'outreach'],
  ['/outreach/api/outreach/templates', 'outreach'],
  ['/outreach-static/_next/static/chunks/a.js', 'outreach'],
  ['/outreachers', 'sleepconnect'],
  ['/outreach-statics/a.js', 'sleepconnect'],
  ['/OUTREACH/templates', 'sleepconnect'],
  ['/x/outreach', 'sleepconnect'],
])('R13: %s has one owner, %s', (pathname, owner) => {
  expect(ownerOf(pathname).name).toBe(owner)
})

test('a prefix holds itself and what is below it', () => {
  expect(isUnder('/outreach', '/outreach')).toBe(true)
  expect(isUnder('/outreach/a', '/outreach')).toBe(true)
  expect(isUnder('/outreacha', '/outreach')).toBe(false)
  expect(isUnder('/', '/outreach')).toBe(false)
})

test('R4: paths carry the base path once, whatever the segments are', () => {
  expect(hostPath()).toBe('/')
  expect(hostPath('patients', '7')).toBe('/patients/7')
  expect(outreachPath()).toBe('/outreach')
  expect(outreachPath('templates')).toBe('/outreach/templates')
  expect(outreachApiPath()).toBe('/outreach/api/outreach')
  expect(outreachApiPath('templates', 'a/b?c')).toBe('/outreach/api/outreach/templates/a%2Fb%3Fc')
  expect(outreachPath('templates', 'ü')).toBe('/outreach/templates/%C3%BC')
  expect(userContextPath).toBe('/api/user-context')
})

test('sign-in remembers where to come back to, its query included', () => {
  expect(loginPath('/outreach/templates?search=a&b=ü')).toBe(
    '/login?returnTo=%2Foutreach%2Ftemplates%3Fsearch%3Da%26b%3D%C3%BC',
  )
})

test.each([
  ['local', 'http://localhost:8080', 'http://localhost:8081'],
  ['develop', 'https://dev.mydreamconnect.com', 'https://outreach-dev.mydreamconnect.com'],
  ['staging', 'https://staging.mydreamconnect.com', 'https://outreach-staging.mydreamconnect.com'],
  ['production', 'https://dreamconnect.health', 'https://outreach.dreamconnect.health'],
] as const)('%s is reached at %s and %s', (stage, hostBase, outreachBase) => {
  expect(hostUrl(stage)).toBe(hostBase)
  expect(outreachUrl(stage)).toBe(outreachBase)
})

test('every menu entry leads into the zone it names', () => {
  expect(navigation.map(({ id, href, zone }) => [id, href, ownerOf(href).name === zone])).toEqual([
    ['home', '/', true],
    ['patients', '/patients', true],
    ['conversations', '/outreach/conversations', true],
    ['templates', '/outreach/templates', true],
    ['zones', '/admin/zones', true],
  ])
})

test.each<[zone: 'sleepconnect' | 'outreach', pathname: string, expected: boolean]>([
  ['outreach', '/outreach/_next/data/build/templates.json', true],
  ['outreach', '/outreach/_next/database', false],
  ['outreach', '/outreach/templates/_next/data', false],
  ['outreach', '/_next/data/build/index.json', false],
  ['sleepconnect', '/_next/data/build/index.json', true],
])('in %s, %s is what a navigation asks for: %s', (zone, pathname, expected) => {
  expect(isNavigationData(zone === 'outreach' ? outreach : host, pathname)).toBe(expected)
})
