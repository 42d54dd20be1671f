import type { DistributionSummary } from '../aws/cloudfront.ts'
import type { Found } from '../plan/adoption.ts'
import { resolvedText } from '../plan/resolved.ts'
import { functionArn, literalNames, propertiesOf, staticIdentifier } from '../plan/static-identifier.ts'
import type { Cloud } from './cloud.ts'
import type { StackTemplate } from './stack-template.ts'

/** Something about the account that has to be put right by a person before anything is applied. */
export interface Obstacle {
  readonly why: string
  readonly next: string
}

export interface Existing {
  readonly found: readonly Found[]
  readonly obstacles: readonly Obstacle[]
}

type Ask = (logicalId: string, type: string, identifier: readonly string[]) => Promise<Found | undefined>

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
  wanted: StackTemplate,
  owned: ReadonlySet<string>,
): Promise<Existing> {
  const { template } = wanted
  const missing = Object.keys(template.Resources).filter((logicalId) => !owned.has(logicalId))
  const typeOf = (logicalId: string) => template.Resources[logicalId]?.Type ?? ''
  const ask: Ask = async (logicalId, type, identifier) => {
    const resource = await cloudControl.resource(type, identifier.join('|'))
    return resource.kind === 'there' ? { logicalId, type, identifier, live: resource.properties } : undefined
  }
  const named = await eachOf(missing, async (logicalId) => {
    const type = typeOf(logicalId)
    if (type === 'AWS::SecretsManager::Secret') {
      const secret = await secretDescriptions.of(String(propertiesOf(template, logicalId).Name))
      return secret === undefined ? undefined : ask(logicalId, type, [secret.arn])
    }
    const identifier = staticIdentifier(template, logicalId, wanted)
    return identifier === undefined ? undefined : ask(logicalId, type, [identifier])
  })
  const versions = await eachOf(missing, async (logicalId) =>
    typeOf(logicalId) === 'AWS::Lambda::Version' ? liveVersion(logicalId, wanted, named, ask) : undefined,
  )
  const distributions = await existingDistributions(
    missing
      .filter((logicalId) => typeOf(logicalId) === 'AWS::CloudFront::Distribution')
      .map((logicalId) => ({ logicalId, names: aliasesOf(wanted, logicalId) })),
    cloudFront.distributions,
    ask,
  )
  return {
    found: [...named.filter(canBeTaken(wanted, owned, [...named, ...versions])), ...versions, ...distributions.found],
    obstacles: distributions.obstacles,
  }
}

/** The version that the alias of the same function points at stands for the version the template made once. */
async function liveVersion(
  logicalId: string,
  { template, region, accountId }: StackTemplate,
  named: readonly Found[],
  ask: Ask,
): Promise<Found | undefined> {
  const fn = functionOf(template, logicalId)
  const alias = named.find(
    ({ type, logicalId: id }) => type === 'AWS::Lambda::Alias' && functionOf(template, id) === fn,
  )
  const number = alias?.live.FunctionVersion
  if (typeof number !== 'string') return undefined
  return ask(logicalId, 'AWS::Lambda::Version', [`${functionArn(fn, region, accountId)}:${number}`])
}

/** An alias can be taken over only together with its function and the version it names. */
function canBeTaken({ template }: StackTemplate, owned: ReadonlySet<string>, found: readonly Found[]) {
  const has = (type: string, fn: string) =>
    [...owned, ...found.map(({ logicalId }) => logicalId)].some(
      (logicalId) => template.Resources[logicalId]?.Type === type && functionOf(template, logicalId) === fn,
    )
  return ({ type, logicalId }: Found) => {
    if (type !== 'AWS::Lambda::Alias') return true
    const fn = functionOf(template, logicalId)
    return has('AWS::Lambda::Function', fn) && has('AWS::Lambda::Version', fn)
  }
}

/** Name of the function that a function, a version or an alias is of. */
function functionOf(template: StackTemplate['template'], logicalId: string): string {
  const { FunctionName } = propertiesOf(template, logicalId)
  return resolvedText(FunctionName, { region: '', accountId: '', physicalIds: literalNames(template) }) ?? ''
}

interface WantedDistribution {
  readonly logicalId: string
  readonly names: readonly string[]
}

/** A public name can answer from one distribution only, so whichever has it is the one that is meant. */
async function existingDistributions(
  missing: readonly WantedDistribution[],
  list: () => Promise<readonly DistributionSummary[]>,
  ask: Ask,
): Promise<Existing> {
  if (missing.length === 0) return { found: [], obstacles: [] }
  const all = await list()
  const claims = missing.map((one) => ({
    ...one,
    holders: all.filter(({ aliases }) => aliases.some((name) => one.names.includes(name))),
  }))
  const obstacles = claims.flatMap(({ logicalId, names, holders }) => {
    const [first] = holders
    if (holders.length > 1) {
      return [
        obstacle(
          `${names.join(' and ')} answer from different distributions (${holders.map(({ id }) => id).join(', ')})`,
        ),
      ]
    }
    const isShared = claims.some(
      (other) => other.logicalId !== logicalId && other.holders.some(({ id }) => id === first?.id),
    )
    return isShared
      ? [obstacle(`One distribution (${first?.id}) answers for two zones, among others for ${names.join(', ')}`)]
      : []
  })
  if (obstacles.length > 0) return { found: [], obstacles }
  const found = await eachOf(claims, async ({ logicalId, holders: [holder] }) =>
    holder === undefined ? undefined : ask(logicalId, 'AWS::CloudFront::Distribution', [holder.id]),
  )
  return { found, obstacles }
}

function obstacle(why: string): Obstacle {
  return {
    why: `${why}.`,
    next: 'Leave each name with one distribution, one for the host and one for each zone: aws cloudfront update-distribution.',
  }
}

/** Names that a distribution of the template answers to. */
export function aliasesOf({ template }: Pick<StackTemplate, 'template'>, logicalId: string): readonly string[] {
  const config = propertiesOf(template, logicalId).DistributionConfig as
    | { readonly Aliases?: readonly string[] }
    | undefined
  return config?.Aliases ?? []
}

/** Results of `work` over all items, some at a time, without the undefined ones, in the items' order. */
async function eachOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result | undefined>,
): Promise<readonly Result[]> {
  const results: (Result | undefined)[] = []
  for (let i = 0; i < items.length; i += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(i, i + AT_ONCE).map(work))))
  }
  return results.filter((result) => result !== undefined)
}
