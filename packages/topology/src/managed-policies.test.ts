import { expect, test } from 'vitest'
import { managedCachePolicies, managedOriginRequestPolicies } from './managed-policies.ts'
import { cachePolicyIds, originRequestPolicyIds } from './policies.ts'

test('C6: a policy this site names is the one CloudFront publishes under that name', () => {
  for (const [name, id] of Object.entries(cachePolicyIds)) expect(managedCachePolicies[id]?.name).toBe(name)
  for (const [name, id] of Object.entries(originRequestPolicyIds))
    expect(managedOriginRequestPolicies[id]?.name).toBe(name)
})

test("the checklist's misspelt id is no policy at all", () => {
  expect(managedCachePolicies['658327ea-f89d-4fab-a63d-7e88639e58f3']).toBeUndefined()
})

test.each<[name: string, minTtlSec: number, defaultTtlSec: number, maxTtlSec: number, compresses: boolean]>([
  ['CachingDisabled', 0, 0, 0, false],
  ['CachingOptimized', 1, 86_400, 31_536_000, true],
  ['CachingOptimizedForUncompressedObjects', 1, 86_400, 31_536_000, false],
  ['UseOriginCacheControlHeaders', 0, 0, 31_536_000, true],
  ['Amplify', 2, 2, 600, true],
])('%s lives %i to %i to %i seconds', (name, minTtlSec, defaultTtlSec, maxTtlSec, compresses) => {
  const policy = Object.values(managedCachePolicies).find((one) => one.name === name)
  expect(policy).toMatchObject({ minTtlSec, defaultTtlSec, maxTtlSec, acceptEncodingGzip: compresses })
})

test('only these managed policies put the Host header into the key or send it on', () => {
  const takesHost = (headers: { behavior: string; names?: readonly string[] }) =>
    headers.behavior === 'all' || headers.behavior === 'allViewerAndWhitelistCloudFront'
      ? true
      : headers.behavior === 'whitelist' && (headers.names ?? []).includes('host')
  const names = [...Object.values(managedCachePolicies), ...Object.values(managedOriginRequestPolicies)]
    .filter(({ headers }) => takesHost(headers))
    .map(({ name }) => name)
  expect(names).toEqual([
    'Amplify',
    'UseOriginCacheControlHeaders',
    'UseOriginCacheControlHeaders-QueryStrings',
    'AllViewer',
    'AllViewerAndCloudFrontHeaders-2022-06',
    'HostHeaderOnly',
  ])
})
