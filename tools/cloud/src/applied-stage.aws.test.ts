import { Resolver } from 'node:dns/promises'
import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  ListStackResourcesCommand,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation'
import { CloudFrontClient, GetDistributionConfigCommand, GetFunctionCommand } from '@aws-sdk/client-cloudfront'
import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda'
import { GetBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3'
import { type Distribution, readDistributions } from '@sax/edge/config'
import { exampleFacts, stageTemplates } from '@sax/infra'
import { stages } from '@sax/topology'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner } from '../test/clients.ts'
import { stacksOf } from '../test/stacks.ts'
import { type Cloud, startCloud } from './index.ts'

const STAGE = 'develop'
const facts = exampleFacts(STAGE)
const templates = stageTemplates({ stage: STAGE, facts })

let cloud: Cloud
let stacks: ReturnType<typeof stacksOf>
beforeAll(async () => {
  const hostedZones = Object.entries(facts.hostedZones).map(([domain, id]) => ({ domain, id }))
  cloud = await startCloud({ accountId: facts.accountId, hostedZones })
  stacks = stacksOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

type Template = Readonly<Record<string, unknown>> & { readonly Resources: Readonly<Record<string, Resource>> }
interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
}

const site = templates.find(({ part }) => part === 'site')
if (site === undefined) throw new Error('a stage without site')
const siteTemplate = site.template as Template
const ofType = (type: string) => Object.entries(siteTemplate.Resources).filter(([, { Type }]) => Type === type)
/** The site's template with a property of one resource changed. */
const changed = (id: string, properties: object): Template => {
  const resource = siteTemplate.Resources[id]
  if (resource === undefined) throw new Error(`no resource ${id}`)
  const other = { ...resource, Properties: { ...resource.Properties, ...properties } }
  return { ...siteTemplate, Resources: { ...siteTemplate.Resources, [id]: other } }
}
const applyAll = async () => {
  for (const { stackName, template, tags } of templates) {
    const { StackStatus, StackStatusReason } = await stacks.apply(stackName, template, { Tags: [...tags] })
    expect([stackName, StackStatus, StackStatusReason]).toEqual([stackName, 'CREATE_COMPLETE', undefined])
  }
}
const held = async (StackName: string) => {
  const all: StackResourceSummary[] = []
  for (let NextToken: string | undefined, first = true; first || NextToken !== undefined; first = false) {
    const page = await stacks.cfn.send(
      new ListStackResourcesCommand({ StackName, ...(NextToken === undefined ? {} : { NextToken }) }),
    )
    all.push(...(page.StackResourceSummaries ?? []))
    NextToken = page.NextToken
  }
  return all
}

/** What the front door goes by, but for what has other names in a template. */
const essence = (one: Distribution | undefined) => ({
  ...{ aliases: one?.aliases, enabled: one?.enabled, errors: one?.customErrorResponses },
  origins: [...(one?.origins.values() ?? [])].map(({ id, kind, originPath, accessControl }) => ({
    id,
    kind,
    originPath,
    accessControl: accessControl?.signingBehavior ?? 'unread',
  })),
  behaviors: one?.behaviors.map((behavior) => ({
    ...{ pathPattern: behavior.pathPattern, target: behavior.targetOriginId, protocol: behavior.viewerProtocolPolicy },
    ...{ methods: behavior.allowedMethods, cachedMethods: behavior.cachedMethods, compress: behavior.compress },
    ...{ cache: behavior.cachePolicy.name, forwarded: behavior.originRequestPolicy?.name },
    ...{ request: behavior.viewerRequest?.code, response: behavior.viewerResponse?.code },
  })),
})

describe('a stage of this repository, as it is', () => {
  test('is made within seconds, and everything is where other services find it', async () => {
    const begun = performance.now()
    await applyAll()
    // AWS takes a quarter of an hour. A slow computer that does something else beside has taken ten seconds.
    expect(performance.now() - begun).toBeLessThan(30_000)

    const s3 = new S3Client(asOwner(cloud))
    for (const [, { Properties }] of ofType('AWS::S3::Bucket')) {
      const { ServerSideEncryptionConfiguration } = await s3.send(
        new GetBucketEncryptionCommand({ Bucket: String(Properties.BucketName) }),
      )
      expect(ServerSideEncryptionConfiguration?.Rules).toHaveLength(1)
    }
    const lambda = new LambdaClient(asOwner(cloud))
    for (const [, { Properties }] of ofType('AWS::Lambda::Function')) {
      const FunctionName = String(Properties.FunctionName)
      const configuration = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
      expect(configuration).toMatchObject({
        State: 'Active',
        Runtime: 'nodejs24.x',
        LoggingConfig: { LogFormat: 'JSON' },
      })
      expect((await lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' }))).FunctionVersion).toBe('1')
      const url = await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName, Qualifier: 'live' }))
      expect(url.FunctionArn).toBe(`arn:aws:lambda:us-east-1:${facts.accountId}:function:${FunctionName}:live`)
    }
    const resolver = new Resolver()
    resolver.setServers([cloud.dnsServer])
    for (const { name, aliases } of Object.values(stages[STAGE].domains)) {
      for (const host of [name, ...aliases]) expect(await resolver.resolve4(host)).toEqual(['127.0.0.1'])
    }
  })

  test('has distributions that the front door reads as it reads their template', async () => {
    await applyAll()
    const front = new CloudFrontClient(asOwner(cloud))
    const written = readDistributions(site.body, { fileName: 'template.json', unknownPolicy: 'collect' }).distributions
    const resources = await held(site.stackName)
    const functions: Record<string, string> = {}
    for (const { ResourceType, PhysicalResourceId: arn = '' } of resources) {
      if (ResourceType !== 'AWS::CloudFront::Function') continue
      const { FunctionCode } = await front.send(new GetFunctionCommand({ Name: arn.split('/').at(-1), Stage: 'LIVE' }))
      functions[arn] = (await FunctionCode?.transformToString()) ?? ''
    }
    const ids = resources.filter(({ ResourceType }) => ResourceType === 'AWS::CloudFront::Distribution')
    expect(ids).toHaveLength(2)
    for (const { LogicalResourceId, PhysicalResourceId } of ids) {
      const live = await front.send(new GetDistributionConfigCommand({ Id: PhysicalResourceId }))
      const printed = JSON.stringify({ ETag: live.ETag, DistributionConfig: live.DistributionConfig })
      const { distributions } = readDistributions(printed, {
        fileName: 'live.json',
        unknownPolicy: 'collect',
        functions,
      })
      expect(essence(distributions[0])).toEqual(essence(written.find(({ id }) => id === LogicalResourceId)))
    }
  })

  test('does not drift from what was just made, and has nothing to change', async () => {
    await applyAll()
    for (const { stackName, template, tags } of templates) {
      const { StackDriftDetectionId } = await stacks.cfn.send(new DetectStackDriftCommand({ StackName: stackName }))
      for (;;) {
        const seen = await stacks.cfn.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }))
        if (seen.DetectionStatus !== 'DETECTION_IN_PROGRESS') break
      }
      const drifted = await stacks.cfn.send(
        new DescribeStackResourceDriftsCommand({
          StackName: stackName,
          StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
        }),
      )
      expect(drifted.StackResourceDrifts).toEqual([])
      const again = await stacks.describe(await stacks.create(stackName, template, { Tags: [...tags] }))
      expect(again.StatusReason).toContain("didn't contain changes")
    }
  })

  test('is changed in place where that can be', async () => {
    await applyAll()
    const [id = ''] = ofType('AWS::Lambda::Function')[0] ?? []
    const set = await stacks.describe(
      await stacks.create(site.stackName, changed(id, { MemorySize: 1536 }), { Tags: [...site.tags] }),
      true,
    )
    expect(
      set.Changes?.map(({ ResourceChange: change }) => [
        change?.LogicalResourceId,
        change?.Action,
        change?.Replacement,
        change?.PolicyAction,
      ]),
    ).toEqual([[id, 'Modify', 'False', undefined]])
    expect((await stacks.execute(set.ChangeSetId ?? '', { DisableRollback: true })).StackStatus).toBe('UPDATE_COMPLETE')
  })

  test('says of a bucket that is renamed that it would be another one', async () => {
    await applyAll()
    const [id = ''] = ofType('AWS::S3::Bucket')[0] ?? []
    const set = await stacks.describe(
      await stacks.create(site.stackName, changed(id, { BucketName: 'another-name' }), { Tags: [...site.tags] }),
    )
    const renamed = set.Changes?.find(({ ResourceChange: change }) => change?.LogicalResourceId === id)
    expect(renamed?.ResourceChange).toMatchObject({
      Action: 'Modify',
      Replacement: 'True',
      PolicyAction: 'ReplaceAndRetain',
    })
    expect((await stacks.execute(set.ChangeSetId ?? '', { DisableRollback: true })).StackStatus).toBe('UPDATE_FAILED')
  })

  test('D12: goes on where it was stopped half-way', async () => {
    for (const { stackName, template, tags } of templates.filter(({ part }) => part === 'backend')) {
      await stacks.apply(stackName, template, { Tags: [...tags] })
    }
    const mend = cloud.inject({
      ...{ service: 'cloudformation', resourceType: 'AWS::Lambda::Function', after: 1 },
      effect: { kind: 'error', code: 'ServiceUnavailable', message: 'Service is unavailable.' },
    })
    const stopped = await stacks.apply(site.stackName, siteTemplate, { Tags: [...site.tags] })
    expect(stopped.StackStatus).toBe('CREATE_FAILED')
    const before = await held(site.stackName)
    expect(before.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_COMPLETE').length).toBeGreaterThan(30)
    expect(before.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED').length).toBeGreaterThan(0)
    mend()
    expect((await stacks.apply(site.stackName, siteTemplate, { Tags: [...site.tags] })).StackStatus).toBe(
      'UPDATE_COMPLETE',
    )
    expect((await held(site.stackName)).map(({ LogicalResourceId }) => LogicalResourceId).sort()).toEqual(
      Object.keys(siteTemplate.Resources).sort(),
    )
    // What was made before is the same as it was.
    const made = new Map(
      before.map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId, PhysicalResourceId]),
    )
    for (const { LogicalResourceId, PhysicalResourceId } of await held(site.stackName)) {
      const earlier = made.get(LogicalResourceId)
      if (earlier !== undefined) expect(PhysicalResourceId).toBe(earlier)
    }
  })
})
