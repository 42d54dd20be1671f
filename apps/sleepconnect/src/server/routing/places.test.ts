import { expect, test } from 'vitest'
import { placeOf } from './places.ts'

test.each<[path: string, place: string]>([
  ['/', 'page'],
  ['/patients', 'page'],
  ['/admin/zones', 'page'],
  ['/session-renewed', 'page'],
  ['/a-page-added-tomorrow', 'page'],
  ['/login', 'public'],
  ['/login/', 'page'],
  ['/Login', 'page'],
  ['/login/x', 'page'],
  ['/sign-in-problem', 'public'],
  ['/signed-out', 'public'],
  ['/auth/callback', 'sdk'],
  ['/auth/logout', 'sdk'],
  ['/auth/login', 'page'],
  ['/auth/profile', 'page'],
  ['/auth/access-token', 'page'],
  ['/me/v1/authentication-methods', 'page'],
  ['/api/health', 'public-api'],
  ['/api/health/x', 'api'],
  ['/api/user-context', 'public-api'],
  ['/api/practice', 'api'],
  ['/api', 'api'],
  ['/apiary', 'page'],
  ['/_next/static/chunks/a.js', 'static'],
  ['/_next/image', 'page'],
  ['/_next/staticky', 'page'],
  ['/icon.svg', 'static'],
  ['/favicon.ico', 'static'],
])('%s is a place of the kind %s', (path, place) => {
  expect(placeOf(path).kind).toBe(place)
})

test.each<[path: string, area: string]>([
  ['/outreach', 'page'],
  ['/outreach/templates', 'page'],
  ['/outreach/api/outreach/templates', 'api'],
  // The tree's own name is no API route: a page, and one that the zone does not have.
  ['/outreach/api', 'page'],
  ['/outreach/', 'page'],
  ['/outreach/health', 'health'],
  ['/outreach/health/x', 'page'],
  ['/outreach-static/_next/static/chunks/a.js', 'assets'],
])('%s belongs to the carried zone, area %s', (path, area) => {
  expect(placeOf(path)).toMatchObject({ kind: 'zone', area, zone: { name: 'outreach' } })
})

test.each([
  '/OUTREACH',
  '/Outreach/templates',
  '/outreachers',
  '/outreach-statics/x',
  '/outreach-static',
  '/OUTREACH-STATIC/x',
  '/x/outreach',
])('the variant %s never reaches the zone', (path) => {
  expect(placeOf(path).kind).toBe('page')
})
