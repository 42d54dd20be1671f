import { type CacheBehavior, type Distribution, distributions, type RoutingMode, stageNames } from '@sax/topology'
import { expect, test } from 'vitest'
import { behaviorMatcher, disputedPaths } from './match-behavior.ts'

const [host, zone = host] = distributions('local', 'edge')
const [carrying] = distributions('local', 'host')

test.each<[path: string, distribution: Distribution, pattern: string, origin: string]>([
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
])('%s', (path, distribution, pattern, origin) => {
  const behavior = behaviorMatcher(distribution)(path)
  expect([behavior.pathPattern, behavior.targetOriginId]).toEqual([pattern, origin])
})

const routings: readonly RoutingMode[] = ['host', 'edge']

test('R13: no two behaviours of any stage dispute a path', () => {
  for (const stage of stageNames) {
    for (const routing of routings) {
      for (const distribution of distributions(stage, routing)) expect(disputedPaths(distribution)).toEqual([])
    }
  }
})

test('R13: two patterns that own the same URL stop the front door, which prints the URL', () => {
  const behaviour = (pathPattern: string): CacheBehavior => ({ ...host.defaultCacheBehavior, pathPattern })
  const disputed = { ...host, cacheBehaviors: [behaviour('/outreach/*'), behaviour('*.json')] }
  expect(() => behaviorMatcher(disputed)).toThrow('/outreach/* and *.json both own /outreach/.json')
})

test('R13: an exception listed behind its rule is never reached, and is refused', () => {
  const behaviour = (pathPattern: string): CacheBehavior => ({ ...host.defaultCacheBehavior, pathPattern })
  const shadowed = { ...host, cacheBehaviors: [behaviour('/outreach/*'), behaviour('/outreach/api/*')] }
  expect(disputedPaths(shadowed)).toEqual(['/outreach/* and /outreach/api/* both own /outreach/api/'])
})
