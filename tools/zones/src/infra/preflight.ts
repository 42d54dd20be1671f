import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import { stages } from '@sax/topology'
import type { Cloud } from './cloud.ts'
import type { Obstacle } from './find-existing.ts'
import type { StackTemplate } from './stack-template.ts'
import { templateBucketName } from './store-template.ts'

export interface Preflight {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  readonly wanted: readonly StackTemplate[]
  /** Logical ids that each stack has, by its name. */
  readonly owned: ReadonlyMap<string, ReadonlySet<string>>
  /** Region the shell is set to; undefined: to none. */
  readonly shellRegion: string | undefined
}

/** Executions at a time that must stay free for everything else. @source AWS Lambda Developer Guide, "Configuring reserved concurrency" */
const FREE_EXECUTIONS = 100

const GITHUB = 'token.actions.githubusercontent.com'

/** Bytes of a template that CloudFormation reads from a bucket, and resources of a stack. @source AWS CloudFormation User Guide, "CloudFormation quotas" */
const TEMPLATE_BYTES = 1_048_576
const RESOURCES = 500

/**
 * Everything that would stop an application half-way and can be seen before it. Only reads, and tells of all obstacles
 * at once. @throws AwsFailure
 */
export async function preflight(cloud: Cloud, asked: Preflight): Promise<readonly Obstacle[]> {
  const all = await Promise.all([
    wrongRegion(asked),
    tooLarge(asked),
    foreignDatabase(asked),
    hostedZones(cloud, asked),
    takenNames(cloud, asked),
    takenBuckets(cloud, asked),
    fewExecutions(cloud, asked),
    gitHubProvider(cloud, asked),
  ])
  return all.flat()
}

/** In another account every other question would be about other things, so this one comes first. @throws AwsFailure */
export async function wrongAccount(
  { identity }: Pick<Cloud, 'identity'>,
  { stage, facts }: Pick<Preflight, 'stage' | 'facts'>,
): Promise<readonly Obstacle[]> {
  const accountId = await identity.accountId()
  if (accountId === facts.accountId) return []
  return [
    {
      why: `These credentials belong to account ${accountId}; ${stage} lives in ${facts.accountId}.`,
      next: `Sign in to ${facts.accountId} (AWS_PROFILE), or correct packages/topology/accounts/${stage}.json.`,
    },
  ]
}

function wrongRegion({ stage, shellRegion }: Preflight): readonly Obstacle[] {
  const { region } = stages[stage]
  if (shellRegion === undefined || shellRegion === region) return []
  return [
    {
      why: `The shell is set to ${shellRegion}; ${stage} lives in ${region}, where CloudFront takes its certificates and firewalls from.`,
      next: `Set AWS_REGION=${region}, or unset it.`,
    },
  ]
}

function tooLarge({ wanted }: Preflight): readonly Obstacle[] {
  return wanted.flatMap(({ stackName, body, template }) => {
    const resources = Object.keys(template.Resources).length
    if (Buffer.byteLength(body) <= TEMPLATE_BYTES && resources <= RESOURCES) return []
    return [
      {
        why: `The template of ${stackName} has ${Buffer.byteLength(body)} bytes and ${resources} resources; CloudFormation takes ${TEMPLATE_BYTES} and ${RESOURCES}.`,
        next: 'Move a part of it into a stack of its own.',
      },
    ]
  })
}

function foreignDatabase({ stage, facts }: Preflight): readonly Obstacle[] {
  if (facts.database === undefined) return []
  const [, , , region, accountId] = facts.database.clusterArn.split(':')
  if (region === stages[stage].region && accountId === facts.accountId) return []
  return [
    {
      why: `The database lies in ${region}, account ${accountId}; the functions of ${stage} in ${stages[stage].region}, account ${facts.accountId}.`,
      next: `Name a cluster of the same account and region in packages/topology/accounts/${stage}.json, or leave "database" out.`,
    },
  ]
}

/** Each given hosted zone answers for its domain, in public. Without that a certificate waits for ever. */
async function hostedZones({ route53, delegation }: Cloud, { stage, facts }: Preflight): Promise<readonly Obstacle[]> {
  const file = `packages/topology/accounts/${stage}.json`
  const found = await Promise.all(
    Object.entries(facts.hostedZones).map(async ([domain, id]): Promise<readonly Obstacle[]> => {
      const zone = await route53.hostedZone(id)
      if (zone === undefined) {
        return [
          {
            why: `The account has no hosted zone ${id}, which is given for ${domain}.`,
            next: `Correct ${file}; aws route53 list-hosted-zones shows the ids.`,
          },
        ]
      }
      if (zone.domain !== domain) {
        return [{ why: `Hosted zone ${id} is ${zone.domain}, not ${domain}.`, next: `Correct ${file}.` }]
      }
      if (zone.isPrivate) {
        return [
          {
            why: `Hosted zone ${id} of ${domain} is private: nobody outside can ask it.`,
            next: `Give the public hosted zone of ${domain} in ${file}.`,
          },
        ]
      }
      const answering = await delegation(domain)
      if (zone.nameServers.some((server) => answering.includes(server))) return []
      return [
        {
          why: `${domain} is not delegated to its hosted zone: ${answering.length === 0 ? 'the public DNS names no name server' : `the public DNS names ${answering.join(', ')}`}.`,
          next: `Have the registrar of ${domain} name ${zone.nameServers.join(', ')}, and run this again when the change is public.`,
        },
      ]
    }),
  )
  return found.flat()
}

/** A name that leads elsewhere already cannot be created; CloudFormation takes over only what is the same. */
async function takenNames({ route53, cloudFront }: Cloud, { wanted, owned }: Preflight): Promise<readonly Obstacle[]> {
  const records = wanted.flatMap(({ stackName, template }) =>
    Object.entries(template.Resources)
      .filter(([id, { Type }]) => Type === 'AWS::Route53::RecordSet' && !owned.get(stackName)?.has(id))
      .map(
        ([, resource]) => (resource as unknown as { readonly Properties: Readonly<Record<string, string>> }).Properties,
      ),
  )
  const names = new Map(records.map(({ Name = '', HostedZoneId = '' }) => [Name, HostedZoneId]))
  if (names.size === 0) return []
  const distributions = await cloudFront.distributions()
  const found = await Promise.all(
    [...names].map(async ([name, hostedZoneId]): Promise<readonly Obstacle[]> => {
      // A hosted zone that is not there is an obstacle of its own.
      if ((await route53.hostedZone(hostedZoneId)) === undefined) return []
      const holder = distributions.find(({ aliases }) => aliases.includes(name))
      const other = (await route53.records(hostedZoneId, name)).find(
        ({ type, aliasOf, evaluatesTargetHealth }) =>
          type === 'CNAME' ||
          (['A', 'AAAA'].includes(type) &&
            (aliasOf === undefined || aliasOf !== holder?.domainName || evaluatesTargetHealth)),
      )
      if (other === undefined) return []
      const leads = other.aliasOf ?? (other.values.join(', ') || 'elsewhere')
      return [
        {
          why: `${name} has a DNS record already (${other.type}, to ${leads}), which the stack can neither make nor take over.`,
          next: `When you are ready to move ${name} here, delete that record and run this again at once: aws route53 change-resource-record-sets.`,
        },
      ]
    }),
  )
  return found.flat()
}

async function takenBuckets(
  { templateBucket }: Cloud,
  { stage, facts, wanted, owned }: Preflight,
): Promise<readonly Obstacle[]> {
  const named = wanted.flatMap(({ stackName, template }) =>
    Object.entries(template.Resources)
      .filter(([id, { Type }]) => Type === 'AWS::S3::Bucket' && !owned.get(stackName)?.has(id))
      .map(
        ([, resource]) =>
          (resource as unknown as { readonly Properties: { readonly BucketName: string } }).Properties.BucketName,
      ),
  )
  const buckets = [templateBucketName(stages[stage].region, stage, facts.accountId), ...named]
  const owners = await Promise.all(
    buckets.map(async (bucket) => ({ bucket, owner: await templateBucket.ownerOf(bucket) })),
  )
  return owners
    .filter(({ owner }) => owner === 'somebody else')
    .map(({ bucket }) => ({
      why: `The bucket ${bucket} belongs to another account, or these credentials may not see it.`,
      next: `If it is yours, sign in with a role that may list it; else give it another name in packages/topology/src/stages.ts.`,
    }))
}

async function fewExecutions({ functionCapacity }: Cloud, { wanted, owned }: Preflight): Promise<readonly Obstacle[]> {
  const reserved = wanted.flatMap(({ stackName, template }) =>
    Object.entries(template.Resources)
      .filter(([id, { Type }]) => Type === 'AWS::Lambda::Function' && !owned.get(stackName)?.has(id))
      .map(([, resource]) =>
        Number(
          (resource as { readonly Properties?: { readonly ReservedConcurrentExecutions?: number } }).Properties
            ?.ReservedConcurrentExecutions ?? 0,
        ),
      ),
  )
  const needed = reserved.reduce((sum, one) => sum + one, 0)
  if (needed === 0) return []
  const free = (await functionCapacity.unreserved()) - FREE_EXECUTIONS
  if (needed <= free) return []
  return [
    {
      why: `The functions reserve ${needed} executions at a time; the account has ${Math.max(0, free)} to give (AWS keeps ${FREE_EXECUTIONS} free).`,
      next: 'Ask AWS to raise "Concurrent executions" of Lambda: Service Quotas, L-B99A9384.',
    },
  ]
}

async function gitHubProvider(
  { identityProviders }: Cloud,
  { stage, facts, wanted, owned }: Preflight,
): Promise<readonly Obstacle[]> {
  if (facts.github === undefined) return []
  const isOwned = wanted.some(({ stackName, template }) =>
    Object.entries(template.Resources).some(
      ([id, { Type }]) => Type === 'AWS::IAM::OIDCProvider' && owned.get(stackName)?.has(id),
    ),
  )
  const exists = await identityProviders.exists(facts.accountId, GITHUB)
  const { provider } = facts.github
  if (provider === 'create' && exists && !isOwned) {
    return [
      {
        why: `The account trusts GitHub already, and can do so only once; the facts of ${stage} want it made.`,
        next: `Set "provider": "exists" under "github" in packages/topology/accounts/${stage}.json.`,
      },
    ]
  }
  if (provider === 'exists' && !exists) {
    return [
      {
        why: `The facts of ${stage} say that the account trusts GitHub already, and it does not.`,
        next: `Set "provider": "create" under "github" in packages/topology/accounts/${stage}.json.`,
      },
    ]
  }
  return []
}
