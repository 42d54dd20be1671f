import {
  CloudFormationClient,
  CreateChangeSetCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
} from '@aws-sdk/client-cloudformation'
import { CreateOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam'
import { ChangeResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import type { Cloud as Emulator } from '@sax/cloud'
import type { AccountFacts } from '@sax/infra/account-facts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  applyPorts,
  changes,
  cloudOf,
  develop,
  developZone,
  quickPace,
  settingsOf,
  startEmulator,
  type TestPorts,
} from '../../test/infra/emulator.ts'
import { retained, stackOf, templateOf } from '../../test/infra/fakes.ts'
import { smallStage } from '../../test/infra/small-stage.ts'
import { clientOptions } from '../aws/client-settings.ts'
import type { StackTemplate } from '../infra/stack-template.ts'
import { exitCode } from '../outcome.ts'
import { infraApply } from './infra-apply.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.stop())

const { domain, id: hostedZoneId, name: NAME } = developZone
const apply = (ports: TestPorts) => infraApply({ stage: 'develop', yes: true }, ports)
const withFacts = (facts: AccountFacts) => ({
  facts: () => ({ kind: 'facts', facts, shown: 'accounts/develop.json' }) as const,
})
const keysOf = (env: Readonly<Record<string, string>>) => ({
  credentials: {
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    ...(env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: env.AWS_SESSION_TOKEN }),
  },
})
const fails = (action: string, code: string, times?: number, service = 'cloudformation') =>
  emulator.inject({
    service,
    action,
    effect: { kind: 'error', code, message: `staged ${code}` },
    ...(times === undefined ? {} : { times }),
  })

/** The small stage with a public name that leads somewhere. */
function named(target: string): readonly StackTemplate[] {
  const [backend, site] = smallStage()
  if (backend === undefined || site === undefined) throw new Error('two stacks are wanted')
  const Name = retained('AWS::Route53::RecordSet', {
    Name: NAME,
    Type: 'A',
    HostedZoneId: hostedZoneId,
    AliasTarget: { DNSName: target, HostedZoneId: 'Z2FDTNDATAQYW2' },
  })
  return [backend, stackOf('site', templateOf({ ...site.template.Resources, Name }))]
}

interface Trouble {
  readonly what: string
  /** Stages it; what comes back puts it right. */
  readonly stage: () => Promise<{ readonly ports: TestPorts; readonly mend?: () => unknown }>
  readonly says: RegExp
  readonly next: RegExp
}

/** Seen before anything is changed: exit code 1, no stack touched, and the same command works once it is put right. */
const before: readonly Trouble[] = [
  {
    what: 'credentials of another account',
    stage: async () => ({
      ports: applyPorts(emulator, smallStage(), {
        cloud: cloudOf(emulator, keysOf(emulator.envOf({ accountId: '999988887777' }))),
      }),
    }),
    says: /These credentials belong to account 999988887777; develop lives in 111122223333\./,
    next: /AWS_PROFILE/,
  },
  {
    what: 'a shell that is set to another region',
    stage: async () => ({ ports: applyPorts(emulator, smallStage(), { shellRegion: 'eu-west-1' }) }),
    says: /The shell is set to eu-west-1; develop lives in us-east-1/,
    next: /Set AWS_REGION=us-east-1, or unset it\./,
  },
  {
    what: 'a domain that is not delegated',
    stage: async () => {
      emulator.delegate(domain, false)
      return { ports: applyPorts(emulator, smallStage()), mend: () => emulator.delegate(domain, true) }
    },
    says: /mydreamconnect\.com is not delegated to its hosted zone: the public DNS names no name server\./,
    next: /Have the registrar of mydreamconnect\.com name \S+, /,
  },
  {
    what: 'a hosted zone that is not there',
    stage: async () => ({
      ports: applyPorts(emulator, smallStage(), withFacts({ ...develop, hostedZones: { [domain]: 'ZNOBODY' } })),
    }),
    says: /The account has no hosted zone ZNOBODY, which is given for mydreamconnect\.com\./,
    next: /list-hosted-zones/,
  },
  {
    what: 'a hosted zone of another domain',
    stage: async () => ({
      ports: applyPorts(
        emulator,
        smallStage(),
        withFacts({ ...develop, hostedZones: { 'example.com': hostedZoneId } }),
      ),
    }),
    says: /Hosted zone \S+ is mydreamconnect\.com, not example\.com\./,
    next: /Correct packages\/topology\/accounts\/develop\.json/,
  },
  {
    what: 'a bucket whose name another account has',
    stage: async () => {
      const foreign = new S3Client({
        ...clientOptions(settingsOf(emulator, keysOf(emulator.envOf({ accountId: '999988887777' })))),
        forcePathStyle: true,
      })
      await foreign.send(new CreateBucketCommand({ Bucket: 'small-files' }))
      return { ports: applyPorts(emulator, smallStage()) }
    },
    says: /The bucket small-files belongs to another account/,
    next: /another name in packages\/topology\/src\/stages\.ts/,
  },
  {
    what: 'a public name that leads elsewhere',
    stage: async () => {
      const route53 = new Route53Client(clientOptions(settingsOf(emulator)))
      const record = (Action: 'CREATE' | 'DELETE') =>
        route53.send(
          new ChangeResourceRecordSetsCommand({
            HostedZoneId: hostedZoneId,
            ChangeBatch: {
              Changes: [
                {
                  Action,
                  ResourceRecordSet: {
                    Name: NAME,
                    Type: 'CNAME',
                    TTL: 60,
                    ResourceRecords: [{ Value: 'old.example.com' }],
                  },
                },
              ],
            },
          }),
        )
      await record('CREATE')
      return { ports: applyPorts(emulator, named('d1.cloudfront.net')), mend: () => record('DELETE') }
    },
    says: /dev\.mydreamconnect\.com has a DNS record already \(CNAME, to old\.example\.com\)/,
    next: /delete that record and run this again at once/,
  },
  {
    what: 'GitHub that the account trusts already',
    stage: async () => {
      const iam = new IAMClient(clientOptions(settingsOf(emulator)))
      await iam.send(
        new CreateOpenIDConnectProviderCommand({
          Url: 'https://token.actions.githubusercontent.com',
          ClientIDList: ['sts.amazonaws.com'],
          ThumbprintList: ['6938fd4d98bab03faadb97b34396831e3780aea1'],
        }),
      )
      const [backend, site] = smallStage()
      if (backend === undefined || site === undefined) throw new Error('two stacks are wanted')
      const GithubProvider = retained('AWS::IAM::OIDCProvider', {
        Url: 'https://token.actions.githubusercontent.com',
        ClientIdList: ['sts.amazonaws.com'],
      })
      return {
        ports: applyPorts(emulator, [
          backend,
          stackOf('site', templateOf({ ...site.template.Resources, GithubProvider })),
        ]),
      }
    },
    says: /The account trusts GitHub already, and can do so only once/,
    next: /"provider": "exists"/,
  },
  {
    what: 'GitHub that the account does not trust',
    stage: async () => ({
      ports: applyPorts(
        emulator,
        smallStage(),
        withFacts({ ...develop, github: { repository: 'a/b', branch: 'main', provider: 'exists' } }),
      ),
    }),
    says: /say that the account trusts GitHub already, and it does not/,
    next: /"provider": "create"/,
  },
  {
    what: 'a database of another region',
    stage: async () => {
      const database = {
        clusterArn: 'arn:aws:rds:eu-west-1:111122223333:cluster:there',
        host: 'there.cluster-abcdefghijkl.eu-west-1.rds.amazonaws.com',
        adminSecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds-AbCdEf',
        resourceId: `cluster-${'A'.repeat(26)}`,
        databaseName: 'outreach',
        vpcId: 'vpc-0123456789abcdef0',
        subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
        securityGroupId: 'sg-0123456789abcdef0',
      }
      return { ports: applyPorts(emulator, smallStage(), withFacts({ ...develop, database })) }
    },
    says: /The database lies in eu-west-1, account 111122223333/,
    next: /leave "database" out/,
  },
  {
    what: 'expired credentials',
    stage: async () => ({
      ports: applyPorts(emulator, smallStage(), {
        cloud: cloudOf(emulator, keysOf(emulator.envOf({ expired: true }))),
      }),
    }),
    says: /The AWS credentials have expired\./,
    next: /Sign in again/,
  },
  {
    what: 'a permission that is missing from the start',
    stage: async () => ({ ports: applyPorts(emulator, smallStage()), mend: fails('CreateChangeSet', 'AccessDenied') }),
    says: /may not do cloudformation:CreateChangeSet\./,
    next: /Ask for that permission/,
  },
  {
    what: 'a permission that only the bucket of templates needs',
    stage: async () => ({
      ports: applyPorts(emulator, smallStage()),
      mend: fails('CreateBucket', 'AccessDenied', undefined, 's3'),
    }),
    says: /may not do s3:CreateBucket\./,
    next: /Ask for that permission/,
  },
  {
    what: 'an AWS that asks to slow down and does not stop',
    stage: async () => ({ ports: applyPorts(emulator, smallStage()), mend: fails('DescribeStacks', 'Throttling') }),
    says: /AWS asks to slow down \(cloudformation:DescribeStacks\)/,
    next: /Wait a minute/,
  },
  {
    what: 'an AWS that has a fault of its own',
    stage: async () => ({
      ports: applyPorts(emulator, smallStage()),
      mend: emulator.inject({
        service: 'cloudformation',
        action: 'DescribeStacks',
        effect: { kind: 'error', code: 'ServiceUnavailable', status: 503 },
      }),
    }),
    says: /AWS has a fault of its own in cloudformation/,
    next: /health\.aws\.amazon\.com/,
  },
  {
    what: 'an AWS that cannot be reached',
    stage: async () => ({
      ports: applyPorts(emulator, smallStage(), { cloud: cloudOf(emulator, { endpoint: 'http://127.0.0.1:9' }) }),
    }),
    says: /AWS cannot be reached for sts:GetCallerIdentity/,
    next: /Check the network/,
  },
]

describe('before anything is changed', () => {
  test.each(before.map((trouble) => [trouble.what, trouble] as const))(
    '%s',
    { timeout: 30_000 },
    async (_what, { stage, says, next }) => {
      const { ports, mend } = await stage()
      const made = changes(emulator).length
      const outcome = await apply(ports)
      expect(outcome.kind).toBe('refused')
      expect(exitCode(outcome)).toBe(1)
      expect((outcome as { reason: string }).reason).toMatch(says)
      expect((outcome as { reason: string }).reason).toMatch(next)
      expect(changes(emulator).slice(made)).toEqual([])
      if (mend === undefined) return
      await mend()
      expect(await apply(ports)).toMatchObject({ kind: 'done' })
    },
  )

  test('several obstacles are told at once', async () => {
    emulator.delegate(domain, false)
    const outcome = await apply(applyPorts(emulator, smallStage(), { shellRegion: 'eu-west-1' }))
    expect((outcome as { reason: string }).reason).toMatch(
      /1\. The shell is set to eu-west-1[\s\S]*2\. mydreamconnect\.com is not delegated/,
    )
  })

  test('an AWS that asks to slow down once is asked again, and nobody notices', async () => {
    fails('CreateChangeSet', 'Throttling', 1)
    expect(await apply(applyPorts(emulator, smallStage()))).toMatchObject({ kind: 'done' })
  })
})

describe('a stack that cannot be changed', () => {
  test('one that was rolled back by somebody is told, with the way out', async () => {
    const { stackName } = smallStage()[1] ?? { stackName: '' }
    const cloudFormation = new CloudFormationClient(clientOptions(settingsOf(emulator)))
    const ends = emulator.inject({
      service: 'cloudformation',
      resource: 'Files',
      effect: { kind: 'error', code: 'InternalFailure', message: 'staged' },
    })
    const set = { StackName: stackName, ChangeSetName: 'by-hand' }
    await cloudFormation.send(
      new CreateChangeSetCommand({ ...set, ChangeSetType: 'CREATE', TemplateBody: smallStage()[1]?.body }),
    )
    await waitUntilChangeSetCreateComplete({ client: cloudFormation, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, set)
    await cloudFormation.send(new ExecuteChangeSetCommand({ ...set, DisableRollback: false }))
    const ports = applyPorts(emulator, smallStage())
    while ((await ports.cloud.cloudFormation.stack(stackName))?.status !== 'ROLLBACK_COMPLETE')
      await quickPace().wait(5)
    ends()
    const outcome = await apply(ports)
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('sleepconnect-develop is ROLLBACK_COMPLETE.'),
    })
    expect(outcome).toMatchObject({
      reason: expect.stringContaining('aws cloudformation delete-stack --stack-name sleepconnect-develop'),
    })
  })

  test('too few executions at a time', async () => {
    const [backend, site] = smallStage()
    if (backend === undefined || site === undefined) throw new Error('two stacks are wanted')
    const { WorkerFunction, ...others } = backend.template.Resources
    const { Properties } = WorkerFunction as unknown as { Properties: object }
    const greedy = retained('AWS::Lambda::Function', { ...Properties, ReservedConcurrentExecutions: 901 })
    const outcome = await apply(
      applyPorts(emulator, [stackOf('backend', templateOf({ ...others, WorkerFunction: greedy })), site]),
    )
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('The functions reserve 901 executions at a time; the account has 900 to give'),
    })
    expect(outcome).toMatchObject({ reason: expect.stringContaining('Service Quotas') })
  })
})
