import { z } from 'zod'
import type { Resource } from './read-template.ts'
import { isRecord, shaped } from './shapes.ts'

const oneOrMany = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()))

const principal = z.union([z.literal('*'), z.record(z.string(), oneOrMany)])

const statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMany.default([]),
  Principal: principal.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
})

const resourcePolicy = z.object({
  PolicyDocument: z.object({
    Statement: z.preprocess((value) => (isRecord(value) ? [value] : value), z.array(statement)),
  }),
})

export type Statement = z.infer<typeof statement>

/** The statements of a resource's `PolicyDocument`. @throws ConfigurationError `malformed` */
export function statementsOf({ properties, where }: Resource): readonly Statement[] {
  return shaped(resourcePolicy, properties, where).PolicyDocument.Statement
}

/** Whether a statement's actions take one in: `s3:Get*` takes `s3:GetObject`. Case does not count. */
export function allowsAction({ Effect, Action }: Statement, wanted: string): boolean {
  return Effect === 'Allow' && Action.some((pattern) => takes(pattern, wanted))
}

/** Whether a pattern with `*` and `?` takes a text, as in IAM. Case does not count. */
export function takes(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 'is').test(text)
}

/**
 * Ids of the distributions a statement lets in, out of those known: by a source ARN in its condition, all of them without
 * one. `*`: anybody. A statement under conditions that cannot be decided here lets nobody in.
 * @source AWS CloudFront Developer Guide, "Restrict access to an Amazon S3 origin"
 */
export function admitted(one: Statement, distributions: readonly string[]): readonly string[] {
  const conditions = Object.entries(one.Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ operator, key: key.toLowerCase(), value })),
  )
  const sources = conditions.filter(({ key }) => key === 'aws:sourcearn')
  const isDecided = conditions.every(
    ({ operator, key }) => (key === 'aws:sourcearn' && COMPARES.test(operator)) || key === 'aws:sourceaccount',
  )
  if (!isDecided) return []
  if (sources.length > 0 && (isAnybody(one) || isCloudFront(one))) {
    return sources.flatMap(({ value }) => distributionsIn(value, distributions))
  }
  if (isCloudFront(one)) return distributions
  return isAnybody(one) && conditions.length === 0 ? ['*'] : []
}

const COMPARES = /^(String|Arn)(Equals|Like)(IfExists)?$/

/** Distribution ids that source ARNs name, `…:distribution/E123`, a bare id, or a pattern over those known. */
export function distributionsIn(arns: unknown, known: readonly string[]): readonly string[] {
  return (Array.isArray(arns) ? arns : [arns]).flatMap((arn) => {
    if (arn === '*') return known
    const id = String(arn).slice(String(arn).lastIndexOf('/') + 1)
    return /[*?]/.test(id) ? known.filter((candidate) => takes(id, candidate)) : [id]
  })
}

function isAnybody({ Principal }: Statement): boolean {
  return Principal === '*' || (isRecord(Principal) && principals(Principal, 'AWS').includes('*'))
}

function isCloudFront({ Principal }: Statement): boolean {
  return isRecord(Principal) && principals(Principal, 'Service').includes('cloudfront.amazonaws.com')
}

/** Whether a statement names an origin access identity, CloudFront's older way of signing for S3. */
export function namesIdentity({ Principal }: Statement, identity: string): boolean {
  if (!isRecord(Principal)) return false
  return [...principals(Principal, 'CanonicalUser'), ...principals(Principal, 'AWS')].some((one) =>
    one.includes(identity),
  )
}

function principals(principal: Readonly<Record<string, unknown>>, kind: string): readonly string[] {
  const named = principal[kind]
  return Array.isArray(named) ? named : []
}
