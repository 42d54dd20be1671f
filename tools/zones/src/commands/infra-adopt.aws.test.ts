import type { Cloud as Emulator } from '@sax/cloud'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { applyPorts, startEmulator, wholeStage } from '../../test/infra/emulator.ts'
import { makeOldSite } from '../../test/infra/old-scripts.ts'
import { infraApply } from './infra-apply.ts'
import { infraDrift } from './infra-drift.ts'
import { infraStatus } from './infra-status.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.stop())

test('R5, R6, S12: what older scripts made is taken over by the same command, and put right in place', {
  timeout: 120_000,
}, async () => {
  const old = await makeOldSite(emulator)
  const ports = applyPorts(emulator, wholeStage())
  const { cloudControl } = ports.cloud
  const before = await infraStatus({ stage: 'develop', json: true }, { ...ports, nowMs: Date.now })
  const standing = (outcome: typeof before) =>
    Object.fromEntries(
      (JSON.parse((outcome as { text: string }).text) as { items: { name: string; standing: string }[] }).items.map(
        ({ name, standing }) => [name, standing],
      ),
    )
  expect(standing(before)).toMatchObject({
    'outreach-dev.mydreamconnect.com, outreach.mydreamconnect.com': 'wrong',
    'dev.mydreamconnect.com': 'missing',
    [old.functionName]: 'wrong',
    [`who may read ${old.bucket}`]: 'wrong',
    'outreach.mydreamconnect.com A': 'right',
    'outreach.mydreamconnect.com AAAA': 'missing',
  })

  expect(await infraApply({ stage: 'develop', yes: false }, ports)).toMatchObject({ kind: 'done' })
  const [plan = ''] = ports.asked
  for (const id of [
    'OutreachDistribution',
    'OutreachPagesFunction',
    'OutreachPagesLive',
    'OutreachPagesVersion1',
    'OutreachPagesUrl',
    'OutreachAssetsBucket',
    'OutreachAssetsBucketPolicy',
  ]) {
    expect(plan).toMatch(new RegExp(`take over\\s+${id}\\b`))
  }
  expect(plan).toMatch(/change\s+OutreachPagesUrl\s+AuthType: NONE -> AWS_IAM/)

  // Nothing was made a second time: the same distribution, the same function, the same address.
  const resources = await ports.cloud.cloudFormation.resources('sleepconnect-develop')
  const physical = Object.fromEntries(resources.map(({ logicalId, physicalId }) => [logicalId, physicalId]))
  expect(physical).toMatchObject({
    OutreachDistribution: old.distributionId,
    OutreachPagesFunction: old.functionName,
    OutreachAssetsBucket: old.bucket,
  })
  const alias = await cloudControl.resource(
    'AWS::Lambda::Alias',
    `arn:aws:lambda:us-east-1:111122223333:function:${old.functionName}:live`,
  )
  expect(alias).toMatchObject({ properties: { FunctionVersion: old.liveVersion } })
  const url = await cloudControl.resource(
    'AWS::Lambda::Url',
    `arn:aws:lambda:us-east-1:111122223333:function:${old.functionName}:live`,
  )
  expect(url).toMatchObject({ properties: { AuthType: 'AWS_IAM', FunctionUrl: old.functionUrl } })

  const after = await infraStatus({ stage: 'develop', json: true }, { ...ports, nowMs: Date.now })
  expect(standing(after)).toMatchObject({
    'outreach-dev.mydreamconnect.com, outreach.mydreamconnect.com': 'right',
    'dev.mydreamconnect.com': 'right',
    [old.functionName]: 'right',
    [`who may read ${old.bucket}`]: 'right',
    'outreach.mydreamconnect.com A': 'right',
    'outreach.mydreamconnect.com AAAA': 'right',
  })
  const drift = await infraDrift(
    { stage: 'develop', json: false },
    { ...ports, stackNames: () => ['sleepconnect-backend-develop', 'sleepconnect-develop'] },
  )
  expect(drift).toMatchObject({ kind: 'done' })
})
