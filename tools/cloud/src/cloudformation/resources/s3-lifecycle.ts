import type { LifecycleRule } from '@aws-sdk/client-s3'
import { invalid, type JsonObject } from '../engine/template.ts'

/** A lifecycle rule as templates write it: as much of it as is brought to S3. */
interface TemplateRule {
  readonly Id?: string
  readonly Status: 'Enabled' | 'Disabled'
  readonly Prefix?: string
  readonly ExpirationInDays?: number
  readonly NoncurrentVersionExpiration?: { readonly NoncurrentDays: number; readonly NewerNoncurrentVersions?: number }
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number }
  readonly ExpiredObjectDeleteMarker?: boolean
}

const KNOWN = [
  ...['Id', 'Status', 'Prefix', 'ExpirationInDays', 'NoncurrentVersionExpiration', 'AbortIncompleteMultipartUpload'],
  'ExpiredObjectDeleteMarker',
]

export function lifecycleToS3(rules: readonly JsonObject[]): LifecycleRule[] {
  return rules.map((given) => {
    const [unknown] = Object.keys(given).filter((name) => !KNOWN.includes(name))
    if (unknown !== undefined) throw invalid(`The laptop's AWS does not bring ${unknown} of a lifecycle rule to S3.`)
    const rule = given as unknown as TemplateRule
    const marker = rule.ExpiredObjectDeleteMarker
    return {
      ...(rule.Id === undefined ? {} : { ID: rule.Id }),
      ...{ Status: rule.Status, Filter: { Prefix: rule.Prefix ?? '' } },
      ...(rule.ExpirationInDays === undefined ? {} : { Expiration: { Days: Number(rule.ExpirationInDays) } }),
      ...(marker === undefined ? {} : { Expiration: { ExpiredObjectDeleteMarker: marker } }),
      ...pick(rule, 'NoncurrentVersionExpiration'),
      ...pick(rule, 'AbortIncompleteMultipartUpload'),
    }
  })
}

export function lifecycleFromS3(rules: readonly LifecycleRule[]): JsonObject[] {
  return rules.map((rule) => ({
    ...(rule.ID === undefined ? {} : { Id: rule.ID }),
    Status: rule.Status,
    ...(rule.Filter?.Prefix ? { Prefix: rule.Filter.Prefix } : {}),
    ...(rule.Expiration?.Days === undefined ? {} : { ExpirationInDays: rule.Expiration.Days }),
    ...(rule.Expiration?.ExpiredObjectDeleteMarker ? { ExpiredObjectDeleteMarker: true } : {}),
    ...pick(rule, 'NoncurrentVersionExpiration'),
    ...pick(rule, 'AbortIncompleteMultipartUpload'),
  }))
}

function pick<Value, Name extends keyof Value>(value: Value, name: Name): Partial<Pick<Value, Name>> {
  return value[name] === undefined ? {} : ({ [name]: value[name] } as unknown as Pick<Value, Name>)
}
