import type { CachePolicySettings } from '@sax/topology/cloudfront'
import { expect, test } from 'vitest'
import { allViewerExceptHost, asSaid, behaviorWith, optimized } from '../../test/caching-site.ts'
import { variesByEverything, viewerVary } from './vary.ts'

const listing = (...names: string[]): CachePolicySettings => ({ ...asSaid, headers: { behavior: 'whitelist', names } })

test.each<[vary: string | null, policy: CachePolicySettings, returned: string | undefined]>([
  [null, asSaid, undefined],
  ['Accept-Encoding, Cookie', asSaid, 'Accept-Encoding, Cookie'],
  ['RSC, Next-Url, Accept-Encoding', asSaid, 'Accept-Encoding'],
  ['RSC, Next-Url', asSaid, undefined],
  ['RSC, Next-Url', listing('rsc'), 'RSC'],
  ['User-Agent', asSaid, undefined],
  ['User-Agent', listing('CloudFront-Is-Mobile-Viewer'), 'User-Agent'],
  ['*', asSaid, '*'],
  ['*', optimized, undefined],
])('Vary %s under %j goes out as %s', (vary, policy, returned) => {
  expect(viewerVary(vary, behaviorWith(policy))).toBe(returned)
})

test('names that the origin request policy forwards stay', () => {
  const behavior = behaviorWith(asSaid, { originRequestPolicy: allViewerExceptHost })
  expect(viewerVary('RSC, Host, User-Agent', behavior)).toBe('RSC, User-Agent')
})

test('a CloudFront header stays only when the policy names it', () => {
  const headers = { behavior: 'allViewerAndWhitelistCloudFront' as const, names: ['cloudfront-viewer-country'] }
  const behavior = behaviorWith(asSaid, { originRequestPolicy: { ...allViewerExceptHost, headers } })
  expect(viewerVary('CloudFront-Viewer-Country, CloudFront-Viewer-Address, Accept', behavior)).toBe(
    'CloudFront-Viewer-Country, Accept',
  )
})

test('an asterisk asks about every request, unless there is a minimum lifetime', () => {
  expect([
    variesByEverything('Accept, *', behaviorWith(asSaid)),
    variesByEverything('*', behaviorWith(optimized)),
  ]).toEqual([true, false])
})
