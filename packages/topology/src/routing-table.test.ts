import { describe, expect, test } from 'vitest'
import { globOf, nextSourceOf, routeIn } from './routing-table.ts'
import { routes } from './zones.ts'

test('the exception stands before its rule, and the bare path beside the wildcard', () => {
  expect(routes.map((route) => [globOf(route), route.zone.name, route.area])).toEqual([
    ['/outreach/api/*', 'outreach', 'api'],
    ['/outreach-static/*', 'outreach', 'assets'],
    ['/outreach/*', 'outreach', 'page'],
    ['/outreach', 'outreach', 'page'],
  ])
})

test("the same lines in the words of Next's matchers", () => {
  expect(routes.map(nextSourceOf)).toEqual([
    '/outreach/api/:path(.*)',
    '/outreach-static/:path(.*)',
    '/outreach/:path(.*)',
    '/outreach',
  ])
})

describe('R13: each path is held by one line', () => {
  test.each<[path: string, area: string | undefined]>([
    ['/outreach/api/outreach/templates', 'api'],
    ['/outreach/api/', 'api'],
    // The tree's own name is no API route: it is a page, and one that does not exist.
    ['/outreach/api', 'page'],
    ['/outreach-static/_next/static/a.js', 'assets'],
    ['/outreach-static/', 'assets'],
    ['/outreach-static', undefined],
    ['/outreach', 'page'],
    ['/outreach/', 'page'],
    ['/outreach/apiary', 'page'],
    ['/outreachers', undefined],
    ['/Outreach', undefined],
    ['/', undefined],
    ['/patients', undefined],
  ])('%s: %s', (path, area) => {
    expect(routeIn(routes, path)?.area).toBe(area)
  })
})
