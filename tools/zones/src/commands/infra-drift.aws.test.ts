import { CloudFrontClient, GetDistributionConfigCommand, UpdateDistributionCommand } from '@aws-sdk/client-cloudfront'
import { DeleteRoleCommand, DetachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { ChangeResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53'
import { PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3'
import type { Cloud as Emulator } from '@sax/cloud'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyPorts, develop, settingsOf, startEmulator, wholeStage } from '../../test/infra/emulator.ts'
import { clientOptions } from '../aws/client-settings.ts'
import type { StackDrift } from '../plan/drift.ts'
import type { StatusItem } from '../plan/status-item.ts'
import { infraApply } from './infra-apply.ts'
import { infraDrift } from './infra-drift.ts'
import { infraStatus } from './infra-status.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.stop())

test('D10: what somebody changes in the console is found, by drift and by status', { timeout: 120_000 }, async () => {
  const ports = applyPorts(emulator, wholeStage())
  expect(await infraApply({ stage: 'develop', yes: true }, ports)).toMatchObject({ kind: 'done' })
  const options = clientOptions(settingsOf(emulator))

  const outputs = (await ports.cloud.cloudFormation.stack('sleepconnect-develop'))?.outputs ?? {}
  const cloudFront = new CloudFrontClient(options)
  const Id = outputs.OutreachDistributionId
  const { DistributionConfig, ETag } = await cloudFront.send(new GetDistributionConfigCommand({ Id }))
  const behaviors = DistributionConfig?.CacheBehaviors?.Items ?? []
  const edited = behaviors
    .filter(({ PathPattern }) => PathPattern !== '/outreach')
    .map((one) =>
      one.PathPattern === '/outreach/*' ? { ...one, CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' } : one,
    )
  if (DistributionConfig === undefined) throw new Error('the distribution has no configuration')
  await cloudFront.send(
    new UpdateDistributionCommand({
      Id,
      IfMatch: ETag,
      DistributionConfig: { ...DistributionConfig, CacheBehaviors: { Quantity: edited.length, Items: edited } },
    }),
  )
  const s3 = new S3Client({ ...options, forcePathStyle: true })
  await s3.send(
    new PutBucketVersioningCommand({
      Bucket: 'sax-nextjs-us-east-1-develop-outreach-assets',
      VersioningConfiguration: { Status: 'Suspended' },
    }),
  )
  const lambda = new LambdaClient(options)
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: 'sax-lambda-us-east-1-0x-d-outreach-server_develop',
      MemorySize: 128,
    }),
  )
  const iam = new IAMClient(options)
  const RoleName = 'sleepconnect-flow-logs-develop'
  await iam.send(
    new DetachRolePolicyCommand({ RoleName, PolicyArn: `arn:aws:iam::${develop.accountId}:policy/${RoleName}` }),
  )
  await iam.send(new DeleteRoleCommand({ RoleName }))
  await repoint(new Route53Client(options))

  const drift = await infraDrift(
    { stage: 'develop', json: true },
    { ...ports, stackNames: () => ['sleepconnect-backend-develop', 'sleepconnect-develop'] },
  )
  expect(drift.kind).toBe('failed')
  const { stacks } = JSON.parse((drift as { text: string }).text) as { stacks: readonly StackDrift[] }
  const said = stacks.flatMap(({ drifted }) =>
    drifted.flatMap(({ logicalId, kind, findings }) =>
      kind === 'deleted'
        ? [`${logicalId} deleted`]
        : findings.map(({ where, expected, actual }) => `${logicalId} ${where}: ${expected} -> ${actual}`),
    ),
  )
  expect(said.toSorted()).toEqual([
    'FlowLogsRole deleted',
    'OutreachAssetsBucket VersioningConfiguration.Status: Enabled -> Suspended',
    'OutreachDistribution behaviour /outreach/*: CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad -> 658327ea-f89d-4fab-a63d-7e88639e58f6',
    'OutreachDistribution behaviour /outreach: sends to outreach-pages -> (none)',
    'OutreachPagesFunction MemorySize: 1024 -> 128',
  ])

  const status = await infraStatus({ stage: 'develop', json: true }, { ...ports, nowMs: Date.now })
  const { items } = JSON.parse((status as { text: string }).text) as { items: readonly StatusItem[] }
  const wrong = items.filter(({ standing, group }) => standing !== 'right' && !['Secrets', 'API'].includes(group))
  expect(wrong.map(({ name, standing, findings }) => `${name} ${standing}: ${findings.join('; ')}`)).toEqual([
    expect.stringMatching(
      /^outreach\.mydreamconnect\.com A wrong: leads to 192\.0\.2\.1, not to \S+\.cloudfront\.net$/,
    ),
    'sax-nextjs-us-east-1-develop-outreach-assets wrong: VersioningConfiguration.Status: Enabled -> Suspended',
    'sax-lambda-us-east-1-0x-d-outreach-server_develop wrong: MemorySize: 1024 -> 128',
    'outreach-dev.mydreamconnect.com, outreach.mydreamconnect.com wrong: behaviour /outreach/*: CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad -> 658327ea-f89d-4fab-a63d-7e88639e58f6; behaviour /outreach: sends to outreach-pages -> (none)',
    'sleepconnect-flow-logs-develop missing: ',
  ])
})

async function repoint(route53: Route53Client): Promise<void> {
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: Object.values(develop.hostedZones)[0],
      ChangeBatch: {
        Changes: [
          {
            Action: 'UPSERT',
            ResourceRecordSet: {
              Name: 'outreach.mydreamconnect.com',
              Type: 'A',
              TTL: 60,
              ResourceRecords: [{ Value: '192.0.2.1' }],
            },
          },
        ],
      },
    }),
  )
}
