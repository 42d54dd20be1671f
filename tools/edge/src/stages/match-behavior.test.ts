import type { RoutingMode } from '@sax/topology'
import { expect, test } from 'vitest'
import { behaviorNamed, distributionWith } from '../../test/configuration.ts'
import { laptopDistributions } from '../on-laptop.ts'
import { behaviorMatcher } from './match-behavior.ts'
import { normalizePath } from './normalize-path.ts'

const site = (routing: RoutingMode) =>
  laptopDistributions({ STAGE: 'local', ROUTING_MODE: routing, EDGE_HOST_PORT: 8080, EDGE_OUTREACH_PORT: 8081 })

const [host, zone] = site('edge').map(behaviorMatcher)
const [carrying] = site('host').map(behaviorMatcher)

test.each<[path: string, distribution: typeof host, pattern: string, origin: string]>([
  ['/', host, '*', 'sleepconnect-pages'],
  ['/patients', host, '*', 'sleepconnect-pages'],
  ['/api/health', host, '*', 'sleepconnect-pages'],
  ['/_next/static/chunks/a.js', host, '/_next/static/*', 'sleepconnect-assets'],
  ['/outreach', host, '/outreach', 'outreach-pages'],
  ['/outreach/templates', host, '/outreach/*', 'outreach-pages'],
  ['/outreach/api/outreach/templates', host, '/outreach/api/*', 'outreach-api-routes'],
  ['/outreach-static/_next/static/a.css', host, '/outreach-static/*', 'outreach-assets'],
  ['/outreachers', host, '*', 'sleepconnect-pages'],
  ['/outreach', carrying, '/outreach', 'sleepconnect-pages'],
  ['/outreach/api/outreach/templates', carrying, '/outreach/api/*', 'sleepconnect-pages'],
  ['/outreach-static/_next/static/a.css', carrying, '/outreach-static/*', 'outreach-assets'],
  ['/outreach', zone, '/outreach', 'outreach-pages'],
  ['/', zone, '*', 'outreach-pages'],
])('%s', (path, behaviorOf, pattern, origin) => {
  const behavior = behaviorOf?.(path).behavior
  expect([behavior?.pathPattern, behavior?.targetOriginId]).toEqual([pattern, origin])
})

test('R13: of two patterns that own a URL the first one listed gets it', () => {
  const rule = behaviorNamed('/outreach/*')
  const exception = behaviorNamed('/outreach/api/*')
  const number = (...listed: (typeof rule)[]) =>
    behaviorMatcher(distributionWith({}, ...listed))('/outreach/api/x').number
  expect(number(exception, rule)).toBe(1)
  expect(number(rule, exception)).toBe(1)
  expect(behaviorMatcher(distributionWith({}, rule, exception))('/outreach/api/x').behavior).toBe(rule)
})

test('the default behaviour takes what no pattern takes, even what is no path', () => {
  const matcher = behaviorMatcher(distributionWith({}, behaviorNamed('/outreach/*')))
  expect(matcher('http://localhost/outreach/x')).toMatchObject({ number: 2, behavior: { isDefault: true } })
})

test('a path is normalised before it is compared', () => {
  const matcher = behaviorMatcher(distributionWith({}, behaviorNamed('/outreach/api/*')))
  expect(matcher('/outreach//x/../api/y').number).toBe(1)
  expect(matcher('/outreach/api/../x').number).toBe(2)
})

test.each<[path: string, normalized: string]>([
  ['/a/b', '/a/b'],
  ['//a///b', '/a/b'],
  ['/a/./b', '/a/b'],
  ['/a/../b', '/b'],
  ['/../../b', '/b'],
  ['/a/b/..', '/a/'],
  ['/a/.', '/a/'],
  ['/a/.b/..c', '/a/.b/..c'],
  ['/a/%2e%2e/b', '/a/%2e%2e/b'],
  ['/', '/'],
])('%s is compared as %s', (path, normalized) => {
  expect(normalizePath(path)).toBe(normalized)
})
