import { z } from 'zod'
import { ConfigurationError } from './configuration-error.ts'
import type { Behavior, EdgeFunction } from './distribution.ts'
import { legacyPolicies, legacySettings } from './legacy-cache-settings.ts'
import type { Notes } from './notes.ts'
import type { PolicyLookup } from './policy-lookup.ts'
import type { FunctionEvent, FunctionLookup } from './read-functions.ts'
import { flag, isRecord, list, optionalText, shaped } from './shapes.ts'

const methods = list(z.string())

const behavior = z.object({
  TargetOriginId: z.string().min(1),
  ViewerProtocolPolicy: z.enum(['allow-all', 'redirect-to-https', 'https-only']),
  AllowedMethods: methods,
  CachedMethods: methods,
  CachePolicyId: optionalText,
  OriginRequestPolicyId: optionalText,
  ResponseHeadersPolicyId: optionalText,
  Compress: flag.default(false),
  FunctionAssociations: list(
    z.object({ EventType: z.enum(['viewer-request', 'viewer-response']), FunctionARN: z.string() }),
  ),
  LambdaFunctionAssociations: list(z.unknown()),
  TrustedKeyGroups: list(z.unknown()),
  TrustedSigners: list(z.unknown()),
})

export interface BehaviorsAsked {
  readonly originIds: ReadonlySet<string>
  /** Origin groups by id, each with the id of its first member. */
  readonly groups: ReadonlyMap<string, string>
  readonly policies: PolicyLookup
  readonly functions: FunctionLookup
}

/** @source AWS CloudFront Developer Guide, "Path pattern": at most 255 characters */
const MAX_PATTERN_CHARACTERS = 255

const PathPattern = z.string().min(1)

/** The pattern of a listed behaviour. @throws ConfigurationError `bad_pattern` */
export function readPathPattern(written: unknown, where: string): string {
  const pattern = shaped(PathPattern, isRecord(written) ? written.PathPattern : undefined, `${where}.PathPattern`)
  if (pattern.length <= MAX_PATTERN_CHARACTERS && !/\s/.test(pattern)) return pattern
  const sentence = `${pattern.length} characters; CloudFront takes ${MAX_PATTERN_CHARACTERS}, none of them white space`
  throw new ConfigurationError('bad_pattern', `${where}.PathPattern`, sentence)
}

/**
 * One behaviour. Allowed and cached methods default to GET and HEAD, `Compress` to false. Without a cache policy the
 * legacy settings are read as the policies that do the same.
 * @source AWS CloudFront Developer Guide, "Cache behavior settings"
 * @throws ConfigurationError `unknown_origin`, `malformed`, and whatever `notes` throws
 */
export function readBehavior(
  written: unknown,
  pattern: Pick<Behavior, 'pathPattern' | 'isDefault'>,
  asked: BehaviorsAsked,
  notes: Notes,
): Behavior {
  const one = shaped(behavior, written, notes.where)
  noteTheUnplayed(one, notes)
  const associated = (event: FunctionEvent): EdgeFunction | undefined => {
    const association = one.FunctionAssociations.find(({ EventType }) => EventType === event)
    return association === undefined ? undefined : asked.functions(association.FunctionARN, event, notes)
  }
  const responseHeadersId = one.ResponseHeadersPolicyId
  return {
    ...pattern,
    targetOriginId: targetOf(one.TargetOriginId, asked, notes),
    viewerProtocolPolicy: one.ViewerProtocolPolicy,
    allowedMethods: methodSet(one.AllowedMethods, `${notes.where}.AllowedMethods`),
    cachedMethods: methodSet(cachedMethods(written, one.CachedMethods, notes.where), `${notes.where}.CachedMethods`, 3),
    ...policiesOf(written, one, asked.policies, notes),
    responseHeadersPolicy:
      responseHeadersId === undefined ? undefined : asked.policies.responseHeaders(responseHeadersId, notes),
    compress: one.Compress,
    viewerRequest: associated('viewer-request'),
    viewerResponse: associated('viewer-response'),
  }
}

type Written = z.infer<typeof behavior>

function policiesOf(written: unknown, one: Written, policies: PolicyLookup, notes: Notes) {
  const forwardId = one.OriginRequestPolicyId
  if (one.CachePolicyId !== undefined) {
    return {
      cachePolicy: policies.cache(one.CachePolicyId, notes),
      originRequestPolicy: forwardId === undefined ? undefined : policies.originRequest(forwardId, notes),
    }
  }
  if (isRecord(written) && written.ForwardedValues !== undefined && forwardId === undefined) {
    return legacyPolicies(shaped(legacySettings, written, notes.where))
  }
  throw new ConfigurationError(
    'malformed',
    notes.where,
    'needs a CachePolicyId, or ForwardedValues of the older kind alone',
  )
}

function targetOf(id: string, { originIds, groups }: BehaviorsAsked, notes: Notes): string {
  if (originIds.has(id)) return id
  const where = `${notes.where}.TargetOriginId`
  const member = groups.get(id)
  if (member === undefined || !originIds.has(member)) {
    throw new ConfigurationError(
      'unknown_origin',
      where,
      `no origin has the id ${id}; add it to Origins or correct the id`,
    )
  }
  const sentence = `${id} is an origin group; the front door has no failover: name one of its origins`
  notes.error('unsupported', id, '.TargetOriginId', sentence)
  return member
}

/** The API prints them inside AllowedMethods. */
function cachedMethods(written: unknown, own: readonly string[], where: string): readonly string[] {
  const allowed = isRecord(written) ? written.AllowedMethods : undefined
  if (!isRecord(allowed) || allowed.CachedMethods === undefined) return own
  return shaped(methods, allowed.CachedMethods, `${where}.AllowedMethods.CachedMethods`)
}

/** The sets CloudFront takes, in any order. @source AWS CloudFront API Reference, "AllowedMethods" and "CachedMethods" */
const METHOD_SETS = ['GET HEAD', 'GET HEAD OPTIONS', 'DELETE GET HEAD OPTIONS PATCH POST PUT']

function methodSet(written: readonly string[], where: string, most = 7): readonly string[] {
  const set = written.length === 0 ? ['GET', 'HEAD'] : written
  if (set.length <= most && METHOD_SETS.includes([...set].sort().join(' '))) return set
  const sentence = 'CloudFront takes GET, HEAD; or GET, HEAD, OPTIONS; or (allowed only) all seven'
  throw new ConfigurationError('malformed', where, sentence)
}

function noteTheUnplayed(one: Written, notes: Notes): void {
  if (one.LambdaFunctionAssociations.length > 0) {
    const sentence = 'Lambda@Edge is not run here, so this behaviour would act otherwise; use a CloudFront Function'
    notes.error('unsupported', 'LambdaFunctionAssociations', '.LambdaFunctionAssociations', sentence)
  }
  for (const signers of ['TrustedKeyGroups', 'TrustedSigners'] as const) {
    if (one[signers].length === 0) continue
    const sentence = 'signed URLs are not checked here, so this behaviour would let everyone in'
    notes.error('unsupported', signers, `.${signers}`, sentence)
  }
}
