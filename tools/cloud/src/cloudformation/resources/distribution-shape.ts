import type * as sdk from '@aws-sdk/client-cloudfront'
import { isObject, type JsonObject } from '../engine/template.ts'

/** Members that CloudFormation calls otherwise than the API does. */
const RENAMED: Readonly<Record<string, string>> = {
  IPV6Enabled: 'IsIPV6Enabled',
  AcmCertificateArn: 'ACMCertificateArn',
  IamCertificateId: 'IAMCertificateId',
  SslSupportMethod: 'SSLSupportMethod',
  OriginSSLProtocols: 'OriginSslProtocols',
  OriginCustomHeaders: 'CustomHeaders',
  Locations: 'Items',
}
const BACK = Object.fromEntries(Object.entries(RENAMED).map(([template, api]) => [api, template]))

/**
 * A distribution's configuration in the API's shape: every list counted, some members under another name.
 * @source AWS CloudFormation Template Reference, "AWS::CloudFront::Distribution DistributionConfig"; Amazon CloudFront API Reference, "DistributionConfig"
 */
export function distributionToApi(properties: JsonObject, CallerReference: string): sdk.DistributionConfig {
  const { Logging, ...config } = properties.DistributionConfig as JsonObject
  const converted = toApi(config) as JsonObject
  const logging = isObject(Logging) ? { Logging: { Enabled: true, IncludeCookies: false, Prefix: '', ...Logging } } : {}
  return { Comment: '', ...converted, ...logging, CallerReference } as sdk.DistributionConfig
}

function toApi(value: unknown): unknown {
  if (Array.isArray(value)) return { Quantity: value.length, Items: value.map(toApi) }
  if (!isObject(value)) return typed(value)
  const members = Object.entries(value).map(([name, member]) => [RENAMED[name] ?? name, toApi(member)] as const)
  const converted: Record<string, unknown> = Object.fromEntries(members)
  // Cached methods lie inside the allowed ones.
  if (isObject(converted.AllowedMethods) && isObject(converted.CachedMethods)) {
    converted.AllowedMethods = { ...converted.AllowedMethods, CachedMethods: converted.CachedMethods }
    delete converted.CachedMethods
  }
  // Countries are counted beside the kind of restriction, not below it.
  if (isObject(converted.GeoRestriction)) converted.GeoRestriction = flattened(converted.GeoRestriction)
  return converted
}

function flattened(restriction: JsonObject): JsonObject {
  const { Items, ...rest } = restriction
  const counted = isObject(Items) ? Items : { Quantity: 0 }
  return { ...rest, ...counted }
}

/** Numbers and flags may be written as texts in templates. */
function typed(value: unknown): unknown {
  if (value === 'true' || value === 'false') return value === 'true'
  return value
}

/** The API's shape as a template writes it. What the API adds and a template need not say is there as well. */
export function distributionFromApi(config: sdk.DistributionConfig): JsonObject {
  const { CallerReference: _, Logging, ...rest } = config
  const converted = fromApi(rest as JsonObject) as JsonObject
  const { Enabled: isLogging, ...logging } = (Logging ?? {}) as JsonObject
  return { ...converted, ...(isLogging ? { Logging: logging } : {}) }
}

function fromApi(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromApi)
  if (!isObject(value)) return value
  if ('Quantity' in value && !('RestrictionType' in value)) {
    return Array.isArray(value.Items) ? value.Items.map(fromApi) : []
  }
  const converted: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    if (name === 'Quantity') continue
    if (name === 'AllowedMethods' && isObject(member)) {
      converted.CachedMethods = fromApi(member.CachedMethods)
      converted.AllowedMethods = fromApi({ ...member, CachedMethods: undefined })
    } else {
      converted[BACK[name] ?? name] = fromApi(member)
    }
  }
  return converted
}
