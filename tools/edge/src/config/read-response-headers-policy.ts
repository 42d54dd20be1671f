import type { PolicyHeader, ResponseHeadersPolicySettings } from '@sax/topology/cloudfront'
import { z } from 'zod'
import type { Resource } from './read-template.ts'
import { count, flag, list, optionalText, shaped } from './shapes.ts'

const security = z.object({
  ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string(), Override: flag }).optional(),
  ContentTypeOptions: z.object({ Override: flag }).optional(),
  FrameOptions: z.object({ FrameOption: z.enum(['DENY', 'SAMEORIGIN']), Override: flag }).optional(),
  ReferrerPolicy: z.object({ ReferrerPolicy: z.string(), Override: flag }).optional(),
  StrictTransportSecurity: z
    .object({
      AccessControlMaxAgeSec: count,
      IncludeSubdomains: flag.default(false),
      Preload: flag.default(false),
      Override: flag,
    })
    .optional(),
  XSSProtection: z
    .object({ Protection: flag, ModeBlock: flag.default(false), ReportUri: optionalText, Override: flag })
    .optional(),
})

const policy = z.object({
  ResponseHeadersPolicyConfig: z.object({
    Name: z.string(),
    SecurityHeadersConfig: security.optional(),
    CustomHeadersConfig: list(z.object({ Header: z.string(), Value: z.string(), Override: flag })),
    RemoveHeadersConfig: list(z.object({ Header: z.string() })),
    CorsConfig: z.unknown().optional(),
    ServerTimingHeadersConfig: z.object({ Enabled: flag }).optional(),
  }),
})

export interface ReadResponseHeadersPolicy {
  readonly settings: ResponseHeadersPolicySettings
  /** Settings of the policy that the front door leaves out. */
  readonly notSimulated: readonly string[]
}

/**
 * The settings of an `AWS::CloudFront::ResponseHeadersPolicy` as header lines, names in lower case.
 * `Server-Timing` is left out: it measures CloudFront's own network.
 * @source AWS CloudFormation Template Reference, "AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig"
 * @throws ConfigurationError `malformed`
 */
export function readResponseHeadersPolicy({ properties, where }: Resource): ReadResponseHeadersPolicy {
  const { ResponseHeadersPolicyConfig: config } = shaped(policy, properties, where)
  const custom = config.CustomHeadersConfig.map(({ Header, Value, Override }) => ({
    name: Header.toLowerCase(),
    value: Value,
    override: Override,
  }))
  return {
    settings: {
      name: config.Name,
      set: [...securityHeaders(config.SecurityHeadersConfig ?? {}), ...custom],
      remove: config.RemoveHeadersConfig.map(({ Header }) => Header.toLowerCase()),
      cors: config.CorsConfig !== undefined && config.CorsConfig !== null,
    },
    notSimulated: config.ServerTimingHeadersConfig?.Enabled === true ? ['ServerTimingHeadersConfig'] : [],
  }
}

type Security = z.infer<typeof security>

/** @source AWS CloudFront Developer Guide, "Understand response headers policies", security headers */
function securityHeaders(given: Partial<Security>): readonly PolicyHeader[] {
  const { StrictTransportSecurity: sts, XSSProtection: xss, ContentSecurityPolicy: csp } = given
  const line = (name: string, value: string | undefined, from: { readonly Override: boolean } | undefined) =>
    from === undefined || value === undefined ? [] : [{ name, value, override: from.Override }]
  return [
    ...line('strict-transport-security', sts && strictTransportSecurity(sts), sts),
    ...line('x-content-type-options', 'nosniff', given.ContentTypeOptions),
    ...line('x-frame-options', given.FrameOptions?.FrameOption, given.FrameOptions),
    ...line('referrer-policy', given.ReferrerPolicy?.ReferrerPolicy, given.ReferrerPolicy),
    ...line('x-xss-protection', xss && xssProtection(xss), xss),
    ...line('content-security-policy', csp?.ContentSecurityPolicy, csp),
  ]
}

function strictTransportSecurity(given: NonNullable<Security['StrictTransportSecurity']>): string {
  return [
    `max-age=${given.AccessControlMaxAgeSec}`,
    ...(given.IncludeSubdomains ? ['includeSubDomains'] : []),
    ...(given.Preload ? ['preload'] : []),
  ].join('; ')
}

function xssProtection({ Protection, ModeBlock, ReportUri }: NonNullable<Security['XSSProtection']>): string {
  if (!Protection) return '0'
  if (ModeBlock) return '1; mode=block'
  return ReportUri === undefined ? '1' : `1; report=${ReportUri}`
}
