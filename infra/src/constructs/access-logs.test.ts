import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import { expect, test } from 'vitest'
import { exampleStage, ofType, propertiesOf, stackIn, synthesized } from '../test/synthesized.ts'

const site = stackIn(synthesized([exampleStage('production')], ['host']), 'sleepconnect-production-host')
const at = (id: string) => propertiesOf(site, id)

test('access logs hold no query, no referrer and no cookie, and what measures files holds nobody’s address', () => {
  const deliveries = Object.fromEntries(
    ofType(site, 'AWS::Logs::Delivery').map(([id, { Properties }]) => [id, Properties]),
  )
  expect(Object.entries(deliveries).map(([id, { DeliverySourceName }]) => [id, DeliverySourceName])).toEqual([
    ['SleepconnectDistributionAccessLogDelivery', 'sleepconnect-production-SleepconnectDistribution'],
    ['OutreachDistributionAccessLogDelivery', 'sleepconnect-production-OutreachDistribution'],
    ['SleepconnectDistributionStaticFilesDelivery', 'sleepconnect-production-SleepconnectDistribution'],
    ['OutreachDistributionStaticFilesDelivery', 'sleepconnect-production-OutreachDistribution'],
  ])
  for (const { RecordFields } of Object.values(deliveries)) {
    expect(RecordFields).toContain('cs-uri-stem')
    expect(RecordFields).not.toContain('cs-uri-query')
    expect(RecordFields).not.toContain('cs(Referer)')
    expect(RecordFields).not.toContain('cs(Cookie)')
  }
  expect(deliveries.OutreachDistributionStaticFilesDelivery?.RecordFields).toEqual([
    'cs-uri-stem',
    'x-edge-result-type',
  ])
})

test('deliveries are made one after the other, for CloudWatch Logs refuses a second one of a source or to a destination', () => {
  const ids = ofType(site, 'AWS::Logs::Delivery').map(([id]) => id)
  const waits = ids.map((id) => (site.resources[id]?.DependsOn ?? []).filter((other) => ids.includes(other)))
  expect(waits).toEqual([[], ...ids.slice(0, -1).map((id) => [id])])
})

test('every field that is logged is one that CloudFront has, and none that it demands is left out', () => {
  const [distribution] = loadAwsServiceSpecSync().lookup(
    'resource',
    'cloudFormationType',
    'equals',
    'AWS::CloudFront::Distribution',
  )
  const log = distribution?.vendedLogs?.find(({ logType }) => logType === 'ACCESS_LOGS')
  for (const [, { Properties }] of ofType(site, 'AWS::Logs::Delivery')) {
    const fields = Properties.RecordFields as readonly string[]
    expect(fields.filter((field) => !log?.optionalFields?.includes(field))).toEqual([])
    expect(log?.mandatoryFields ?? []).toEqual([])
  }
})

test('the hashed files of every zone are counted, once when asked for and once when an edge had them', () => {
  const files = '($.cs-uri-stem = "/_next/static/*" || $.cs-uri-stem = "/outreach-static/_next/static/*")'
  expect(at('StaticFilesAsked').FilterPattern).toBe(
    `{ ${files} && ($.x-edge-result-type = "Hit" || $.x-edge-result-type = "RefreshHit" || $.x-edge-result-type = "Miss") }`,
  )
  expect(at('StaticFilesFromCache').FilterPattern).toBe(
    `{ ${files} && ($.x-edge-result-type = "Hit" || $.x-edge-result-type = "RefreshHit") }`,
  )
})
