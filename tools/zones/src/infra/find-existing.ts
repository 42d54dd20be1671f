import type { LiveResource } from '../aws/cloud-control.ts'
import type { DistributionSummary } from '../aws/cloudfront.ts'
import type { Found } from '../plan/adoption.ts'
import { resolvedText } from '../plan/resolved.ts'
import type { Cloud } from './cloud.ts'
import type { StackTemplate } from './stack-template.ts'

interface Wanted {
  readonly logicalId: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** Something about the account that has to be put right by a person before anything is applied. */
export interface Obstacle {
  readonly why: string
  readonly next: string
}

export interface Existing {
  readonly found: readonly Found[]
  readonly obstacles: readonly Obstacle[]
}

/** How many questions are asked at a time. */
const AT_ONCE = 6

/**
 * What `wanted` names and the account has already, outside the stack: made by older scripts, or left by a stack that is
 * gone. Functions, roles, buckets, logs and secrets are found by their names, distributions by the names they answer to.
 * @param owned logical ids that the stack has
 * @throws AwsFailure
 */
export async function findExisting(
  { cloudControl, cloudFront, secretDescriptions }: Pick<Cloud, 'cloudControl' | 'cloudFront' | 'secretDescriptions'>,
  { template, region, accountId }: StackTemplate,
  owned: ReadonlySet<string>,
): Promise<Existing> {
  const wanted: readonly Wanted[] = Object.entries(template.Resources)
    .filter(([logicalId]) => !owned.has(logicalId))
    .map(([logicalId, resource]) => ({
      logicalId,
      type: resource.Type,
      properties: (resource as { readonly Properties?: Readonly<Record<string, unknown>> }).Properties ?? {},
    }))
  const ask = async (one: Wanted, identifier: readonly string[]): Promise<Found | undefined> => {
    const resource: LiveResource = await cloudControl.resource(one.type, identifier.join('|'))
    if (resource.kind !== 'there') return undefined
    return { logicalId: one.logicalId, type: one.type, identifier, live: resource.properties }
  }
  const named = await eachOf(wanted, async (one) => {
    if (one.type === 'AWS::SecretsManager::Secret') {
      const secret = await secretDescriptions.of(textOf(one.properties.Name))
      return secret === undefined ? undefined : ask(one, [secret.arn])
    }
    const identifier = identifierOf(one, template, region, accountId)
    return identifier === undefined ? undefined : ask(one, [identifier])
  })
  const functions = new Set(
    named.filter(({ type }) => type === 'AWS::Lambda::Function').map(({ logicalId }) => logicalId),
  )
  const aliases = named.filter(({ type }) => type === 'AWS::Lambda::Alias')
  const versions = await eachOf(wanted, async (one) => {
    if (one.type !== 'AWS::Lambda::Version') return undefined
    const alias = aliases.find(
      (candidate) =>
        refOf(template, candidate.logicalId, 'FunctionName') === refOf(template, one.logicalId, 'FunctionName'),
    )
    const number = textOf(alias?.live.FunctionVersion)
    if (alias === undefined || number === '') return undefined
    return ask(one, [`${functionArn(template, one, region, accountId)}:${number}`])
  })
  // An alias can be taken over only together with the function and the version it names.
  const complete = (logicalId: string) => {
    const ref = refOf(template, logicalId, 'FunctionName')
    return (
      (functions.has(ref) || owned.has(ref)) &&
      versions.some((version) => refOf(template, version.logicalId, 'FunctionName') === ref)
    )
  }
  const distributions = await existingDistributions(wanted, cloudFront.distributions, ask)
  return {
    found: [
      ...named.filter(({ type, logicalId }) => type !== 'AWS::Lambda::Alias' || complete(logicalId)),
      ...versions,
      ...distributions.found,
    ],
    obstacles: distributions.obstacles,
  }
}

/** The identifier of a resource that has a name of its own; undefined: it has none, or is not looked for. */
function identifierOf(
  one: Wanted,
  template: StackTemplate['template'],
  region: string,
  accountId: string,
): string | undefined {
  const { properties } = one
  switch (one.type) {
    case 'AWS::S3::Bucket':
      return textOf(properties.BucketName)
    case 'AWS::S3::BucketPolicy':
      return literalOf(template, properties.Bucket, 'BucketName')
    case 'AWS::IAM::Role':
      return textOf(properties.RoleName)
    case 'AWS::IAM::ManagedPolicy':
      return `arn:aws:iam::${accountId}:policy/${textOf(properties.ManagedPolicyName)}`
    case 'AWS::Logs::LogGroup':
      return textOf(properties.LogGroupName)
    case 'AWS::Lambda::Function':
      return textOf(properties.FunctionName)
    case 'AWS::Lambda::Alias':
      return `${functionArn(template, one, region, accountId)}:${textOf(properties.Name)}`
    case 'AWS::Lambda::Url':
      return `${resolvedText(properties.TargetFunctionArn, { region, accountId, physicalIds: {} }) ?? ''}:${textOf(properties.Qualifier)}`
    default:
      return undefined
  }
}

function functionArn(
  template: StackTemplate['template'],
  { properties }: Wanted,
  region: string,
  accountId: string,
): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${literalOf(template, properties.FunctionName, 'FunctionName') ?? ''}`
}

/** A name as it is written, or as the resource it refers to has it. */
function literalOf(template: StackTemplate['template'], value: unknown, property: string): string | undefined {
  if (typeof value === 'string') return value
  const ref = (value as { readonly Ref?: string } | undefined)?.Ref
  const target =
    ref === undefined
      ? undefined
      : (template.Resources[ref] as { readonly Properties?: Readonly<Record<string, unknown>> })
  const name = target?.Properties?.[property]
  return typeof name === 'string' ? name : undefined
}

function refOf(template: StackTemplate['template'], logicalId: string, property: string): string {
  const { Properties } = template.Resources[logicalId] as { readonly Properties?: Readonly<Record<string, unknown>> }
  return (Properties?.[property] as { readonly Ref?: string } | undefined)?.Ref ?? ''
}

/** A public name can answer from one distribution only, so whichever has it is the one that is meant. */
async function existingDistributions(
  wanted: readonly Wanted[],
  list: () => Promise<readonly DistributionSummary[]>,
  ask: (one: Wanted, identifier: readonly string[]) => Promise<Found | undefined>,
): Promise<Existing> {
  const missing = wanted.filter(({ type }) => type === 'AWS::CloudFront::Distribution')
  if (missing.length === 0) return { found: [], obstacles: [] }
  const all = await list()
  const claims = missing.map((one) => {
    const names = aliasesOf(one)
    return { one, holders: all.filter(({ aliases }) => aliases.some((name) => names.includes(name))) }
  })
  const obstacles = claims.flatMap(({ one, holders }) => {
    if (holders.length > 1) {
      return [
        obstacle(
          `${aliasesOf(one).join(' and ')} answer from different distributions (${holders.map(({ id }) => id).join(', ')})`,
        ),
      ]
    }
    const shared = claims.find((other) => other.one !== one && other.holders.some(({ id }) => id === holders[0]?.id))
    return shared === undefined
      ? []
      : [obstacle(`one distribution (${holders[0]?.id}) answers for two zones: ${aliasesOf(one).join(', ')}`)]
  })
  const found =
    obstacles.length > 0
      ? []
      : await eachOf(claims, ({ one, holders: [holder] }) =>
          holder === undefined ? Promise.resolve(undefined) : ask(one, [holder.id]),
        )
  return { found, obstacles }
}

function obstacle(why: string): Obstacle {
  return {
    why,
    next: 'Leave each name with one distribution, one for the host and one for each zone: aws cloudfront update-distribution.',
  }
}

function aliasesOf({ properties }: Wanted): readonly string[] {
  const config = properties.DistributionConfig as { readonly Aliases?: readonly string[] } | undefined
  return config?.Aliases ?? []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Results of `work` over all items, some at a time, without the undefined ones, in the items' order. */
async function eachOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result | undefined>,
): Promise<readonly Result[]> {
  const results: (Result | undefined)[] = []
  for (let i = 0; i < items.length; i += AT_ONCE)
    results.push(...(await Promise.all(items.slice(i, i + AT_ONCE).map(work))))
  return results.filter((result) => result !== undefined)
}
