import { expect, test } from 'vitest'
import { assetBucketName, functionName, functionRoles, logGroupName, originRoles } from './names.ts'
import { isStage, stageNames } from './stage-names.ts'
import { stages } from './stages.ts'

test.each([
  ['develop', 'outreach-server', 'sax-lambda-us-east-1-0x-d-outreach-server_develop'],
  ['staging', 'outreach-server', 'sax-lambda-us-east-1-0x-s-outreach-server_staging'],
  ['production', 'outreach-server', 'sax-lambda-us-east-1-0x-p-outreach-server_production'],
  ['develop', 'sleep-connect-server', 'sax-lambda-us-east-1-0x-d-sleep-connect-server_develop'],
  ['production', 'outreach-api-routes', 'sax-lambda-us-east-1-0x-p-outreach-api-routes_production'],
  ['develop', 'outreach-worker', 'sax-lambda-us-east-1-0x-d-outreach-worker_develop'],
  ['staging', 'outreach-migrations', 'sax-lambda-us-east-1-0x-s-outreach-migrations_staging'],
] as const)('D4: in %s the function %s is called %s', (stage, role, name) => {
  expect(functionName(stage, role)).toBe(name)
})

test("the zone's API routes write into the zone's log group", () => {
  expect(logGroupName('develop', 'outreach-api-routes')).toBe(
    '/aws/lambda/sax-lambda-us-east-1-0x-d-outreach-server_develop',
  )
  expect(logGroupName('develop', 'sleep-connect-server')).toBe(
    '/aws/lambda/sax-lambda-us-east-1-0x-d-sleep-connect-server_develop',
  )
})

test.each([
  ['outreach-worker', '/aws/lambda/sax-lambda-us-east-1-0x-p-outreach-worker_production'],
  ['outreach-migrations', '/aws/lambda/sax-lambda-us-east-1-0x-p-outreach-migrations_production'],
] as const)('%s has a log group of its own', (role, group) => {
  expect(logGroupName('production', role)).toBe(group)
})

test('every origin that is no bucket has a function of this site behind it', () => {
  expect(originRoles).toEqual({
    'sleepconnect-pages': 'sleep-connect-server',
    'outreach-pages': 'outreach-server',
    'outreach-api-routes': 'outreach-api-routes',
  })
  expect(functionRoles).toHaveLength(6)
})

test.each([
  ['develop', 'sax-nextjs-us-east-1-develop-outreach-assets'],
  ['staging', 'sax-nextjs-us-east-1-staging-outreach-assets'],
  ['production', 'sax-nextjs-us-east-production-outreach-assets'],
] as const)('assets of %s lie in %s', (stage, bucket) => {
  expect(assetBucketName(stage)).toBe(bucket)
})

test('memory, timeout and price class are those of the stages', () => {
  const facts = stageNames.map((stage) => {
    const { functionMemoryMb, functionTimeoutSec, priceClass } = stages[stage]
    return [stage, functionMemoryMb, functionTimeoutSec, priceClass]
  })
  expect(facts).toEqual([
    ['develop', 1024, 30, 'PriceClass_100'],
    ['staging', 1024, 30, 'PriceClass_100'],
    ['production', 2048, 30, 'PriceClass_All'],
    ['local', 1024, 30, 'PriceClass_100'],
    ['rehearsal', 1024, 30, 'PriceClass_100'],
  ])
})

test('D6: no public name and no API address belongs to two stages', () => {
  const remote = (['develop', 'staging', 'production'] as const).flatMap((stage) => {
    const { domains, apiBaseUrl, assetBucket } = stages[stage]
    const names = Object.values(domains).flatMap(({ name, aliases }) => [name, ...aliases])
    return [...names, apiBaseUrl, assetBucket]
  })
  expect(new Set(remote).size).toBe(remote.length)
})

test.each(['develop', 'local'])('%s is a stage', (name) => {
  expect(isStage(name)).toBe(true)
})

test.each(['', 'prod', 'Develop', 'toString', '__proto__', 'constructor'])('%j is no stage', (name) => {
  expect(isStage(name)).toBe(false)
})

test('the names of stages are those of the stages that there are', () => {
  expect(stageNames).toEqual(Object.keys(stages))
})
