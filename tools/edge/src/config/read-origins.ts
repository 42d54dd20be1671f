import { z } from 'zod'
import { bucketBehind, bucketGrants } from './bucket-grants.ts'
import { ConfigurationError } from './configuration-error.ts'
import type { Origin, OriginGrants } from './distribution.ts'
import { functionUrlBehind, functionUrlGrants } from './function-url-grants.ts'
import type { Notes } from './notes.ts'
import type { Resource, Template } from './read-template.ts'
import { count, list, optionalCount, optionalText, shaped } from './shapes.ts'

const header = z.object({ HeaderName: z.string(), HeaderValue: z.string() })
const reading = z.object({ OriginReadTimeout: optionalCount }).optional()

/** One origin, in the words of templates and of the API. */
export const originShape = z.object({
  Id: z.string().min(1),
  DomainName: z.string().min(1),
  OriginPath: z.string().default(''),
  S3OriginConfig: z.object({ OriginAccessIdentity: optionalText, OriginReadTimeout: optionalCount }).optional(),
  CustomOriginConfig: reading,
  VpcOriginConfig: reading,
  /** Templates say OriginCustomHeaders, the API CustomHeaders. */
  OriginCustomHeaders: list(header),
  CustomHeaders: list(header),
  OriginAccessControlId: optionalText,
  ConnectionAttempts: count.pipe(z.number().min(1).max(3)).default(3),
  ConnectionTimeout: count.pipe(z.number().min(1).max(10)).default(10),
  ResponseCompletionTimeout: optionalCount,
})

type Written = z.infer<typeof originShape>

const accessControl = z.object({
  OriginAccessControlConfig: z.object({
    OriginAccessControlOriginType: z.enum(['s3', 'lambda', 'mediastore', 'mediapackagev2']),
    SigningBehavior: z.enum(['always', 'no-override', 'never']),
  }),
})

export interface OriginsAsked {
  readonly template: Template
  readonly distribution: Resource
  readonly notes: Notes
}

/**
 * The origins of a distribution by id. Defaults: 3 attempts, 10 s to connect, 30 s to answer, no limit on the whole.
 * @source AWS CloudFront Developer Guide, "Origin settings"
 * @throws ConfigurationError `duplicate_origin`, `malformed`
 */
export function readOrigins(written: readonly Written[], asked: OriginsAsked): ReadonlyMap<string, Origin> {
  const origins = new Map<string, Origin>()
  for (const [i, one] of written.entries()) {
    const where = `${asked.notes.where}.Origins[${i}]`
    if (origins.has(one.Id)) {
      throw new ConfigurationError(
        'duplicate_origin',
        `${where}.Id`,
        `${one.Id} is taken by an earlier origin; rename one`,
      )
    }
    origins.set(one.Id, readOrigin(one, where, asked))
  }
  return origins
}

function readOrigin(one: Written, where: string, asked: OriginsAsked): Origin {
  if (/[/:]/.test(one.DomainName)) {
    const sentence = `${one.DomainName} is not a host name; of a URL take the host alone (Select 2 of Split "/")`
    throw new ConfigurationError('malformed', `${where}.DomainName`, sentence)
  }
  if (!/^(|\/.*[^/])$/.test(one.OriginPath)) {
    throw new ConfigurationError('malformed', `${where}.OriginPath`, 'begins with a slash and does not end with one')
  }
  const kind = kindOf(one, asked.template)
  return {
    id: one.Id,
    domainName: one.DomainName,
    originPath: one.OriginPath,
    kind,
    accessControl: accessControlOf(one, kind, where, asked),
    grants: grantsOf(one, kind, asked),
    customHeaders: [...one.OriginCustomHeaders, ...one.CustomHeaders].map(({ HeaderName, HeaderValue }) => ({
      name: HeaderName,
      value: HeaderValue,
    })),
    connectionAttempts: one.ConnectionAttempts,
    connectionTimeoutSec: one.ConnectionTimeout,
    responseTimeoutSec:
      one.CustomOriginConfig?.OriginReadTimeout ??
      one.VpcOriginConfig?.OriginReadTimeout ??
      one.S3OriginConfig?.OriginReadTimeout ??
      30,
    responseCompletionTimeoutSec: one.ResponseCompletionTimeout,
  }
}

/** Website endpoints of S3 (`s3-website-…`) are custom origins: they know neither signatures nor bucket policies for CloudFront. */
const S3_HOST = /\.s3([.-](?!website)[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/
const FUNCTION_URL_HOST = /\.lambda-url\.[a-z0-9-]+\.on\.aws$/

function kindOf({ DomainName, S3OriginConfig }: Written, template: Template): Origin['kind'] {
  if (FUNCTION_URL_HOST.test(DomainName) || functionUrlBehind(template, DomainName)) return 'function-url'
  if (DomainName.endsWith('.FunctionUrl')) return 'function-url'
  if (S3OriginConfig !== undefined || S3_HOST.test(DomainName) || bucketBehind(template, DomainName)) return 's3'
  return 'custom'
}

/** Distributions are compared as Ref gives them, and named by their logical ids. */
function grantsOf(one: Written, kind: Origin['kind'], asked: OriginsAsked): OriginGrants | undefined {
  const { template, distribution } = asked
  const ids = new Map(template.ofType(distribution.type).map((each) => [template.ref(each), each.logicalId]))
  const question = {
    domainName: one.DomainName,
    distribution: template.ref(distribution),
    distributions: [...ids.keys()],
    identity: identityIn(one.S3OriginConfig),
  }
  const grants =
    kind === 'function-url'
      ? functionUrlGrants(template, question.domainName, question.distributions)
      : kind === 's3'
        ? bucketGrants(template, question)
        : undefined
  return grants && { ...grants, distributions: grants.distributions.map((id) => ids.get(id) ?? id) }
}

/** An origin access identity signs for S3 as an access control does. An access control outside the input is taken to sign always. */
function accessControlOf(one: Written, kind: Origin['kind'], where: string, { template, notes }: OriginsAsked) {
  const id = one.OriginAccessControlId
  if (id === undefined) {
    return identityIn(one.S3OriginConfig) === undefined
      ? undefined
      : ({ type: 's3', signingBehavior: 'always' } as const)
  }
  const resource = template
    .ofType('AWS::CloudFront::OriginAccessControl')
    .find((candidate) => template.ref(candidate) === id)
  if (resource === undefined) {
    const property = `${where.slice(notes.where.length)}.OriginAccessControlId`
    notes.information(id, property, `access control ${id} is not in the input; it is taken to sign every request`)
    return { type: SIGNED_FOR[kind], signingBehavior: 'always' } as const
  }
  const { OriginAccessControlConfig: config } = shaped(accessControl, resource.properties, resource.where)
  const type = config.OriginAccessControlOriginType
  return {
    type: type === 's3' || type === 'lambda' ? type : 'other',
    signingBehavior: config.SigningBehavior,
  } as const
}

const SIGNED_FOR = { s3: 's3', 'function-url': 'lambda', custom: 'other' } as const

/** Written `origin-access-identity/cloudfront/E123`. */
function identityIn(config: Written['S3OriginConfig']): string | undefined {
  const written = config?.OriginAccessIdentity
  return written?.slice(written.lastIndexOf('/') + 1)
}
