import type { Site } from './types.ts'
import { viewerRequestFunction, viewerResponseFunction } from './viewer-functions.ts'

/** The two functions of every behaviour. */
export function edgeFunctions<Name extends string>({ zones }: Site<Name>, stage: string) {
  const one = (name: string, comment: string, FunctionCode: string) => ({
    Type: 'AWS::CloudFront::Function',
    Properties: {
      Name: `sleepconnect-${name}-${stage}`,
      AutoPublish: true,
      FunctionConfig: { Comment: comment, Runtime: 'cloudfront-js-2.0' },
      FunctionCode,
    },
  })
  return {
    ViewerRequest: one('viewer-request', 'refuses ambiguous paths, cleans headers', viewerRequestFunction(zones)),
    ViewerResponse: one('viewer-response', 'takes internal headers away', viewerResponseFunction(zones)),
  }
}

/**
 * What an answer that says nothing of its own may load, for whatever comes from a bucket or from a framework's own error
 * page, which styles itself inline: nothing from elsewhere, no script but a file's, no frame around it.
 */
const FALLBACK_CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Nothing of the site looks, listens, locates or takes money. */
const PERMISSIONS_POLICY = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'

/**
 * Headers that every answer has, whoever made it. The applications' own values win, for they know more: a page names the
 * nonce of its scripts.
 */
export function headersPolicy<Name extends string>({ stage: { scheme } }: Site<Name>, stage: string) {
  const https = {
    StrictTransportSecurity: {
      AccessControlMaxAgeSec: 31_536_000,
      IncludeSubdomains: false,
      Preload: false,
      Override: true,
    },
  }
  return {
    SecurityHeaders: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: `sleepconnect-security-headers-${stage}`,
          SecurityHeadersConfig: {
            // A laptop speaks plain http; a browser that was told otherwise would refuse it.
            ...(scheme === 'https' ? https : {}),
            ContentSecurityPolicy: { ContentSecurityPolicy: FALLBACK_CONTENT_SECURITY_POLICY, Override: false },
            ContentTypeOptions: { Override: true },
            FrameOptions: { FrameOption: 'DENY', Override: false },
            ReferrerPolicy: { ReferrerPolicy: 'same-origin', Override: false },
          },
          CustomHeadersConfig: {
            Items: [{ Header: 'Permissions-Policy', Value: PERMISSIONS_POLICY, Override: false }],
          },
          RemoveHeadersConfig: {
            // At most ten exact names; what goes by prefix is the function's work.
            Items: ['X-Powered-By', 'Server', 'X-Middleware-Rewrite', 'X-Middleware-Next', 'X-Middleware-Redirect'].map(
              (Header) => ({ Header }),
            ),
          },
        },
      },
    },
  }
}

/** Who signs the requests to buckets and to function URLs. */
export function accessControls(stage: string) {
  const control = (OriginAccessControlOriginType: 's3' | 'lambda') => ({
    Type: 'AWS::CloudFront::OriginAccessControl',
    Properties: {
      OriginAccessControlConfig: {
        Name: `sleepconnect-${OriginAccessControlOriginType}-${stage}`,
        OriginAccessControlOriginType,
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    },
  })
  return { BucketAccess: control('s3'), FunctionAccess: control('lambda') }
}

/**
 * Requests of one address in five minutes. An office is one address: a hundred people whose pages ask for news every two
 * seconds send 15,000.
 */
const RATE_LIMIT = 20_000

/**
 * The firewall before a distribution. The rate rule stands before the host's alone: to a zone's own name the host's
 * function carries everybody's requests from a few addresses. A laptop is one address for everybody, and has none.
 */
export function firewall<Name extends string>(zone: Name, stage: string, limited: Site<Name> | undefined) {
  const visibility = (MetricName: string) => ({
    CloudWatchMetricsEnabled: true,
    MetricName,
    SampledRequestsEnabled: false,
  })
  const managed = (Name: string, Priority: number, overrides: object = {}) => ({
    Name,
    Priority,
    OverrideAction: { None: {} },
    VisibilityConfig: visibility(Name),
    Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name, ...overrides } },
  })
  const rate = {
    Name: 'rate',
    Priority: 30,
    Action: { Block: {} },
    VisibilityConfig: visibility('rate'),
    Statement: { RateBasedStatement: { Limit: RATE_LIMIT, AggregateKeyType: 'IP', EvaluationWindowSec: 300 } },
  }
  return {
    Type: 'AWS::WAFv2::WebACL',
    Properties: {
      Name: `sleepconnect-${zone}-${stage}`,
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
      VisibilityConfig: visibility(`sleepconnect-${zone}-${stage}`),
      Rules: [
        managed('AWSManagedRulesCommonRuleSet', 10, {
          // Blocks bodies above 8 KB, which pictures and long lists exceed.
          RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }],
        }),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 20),
        ...(limited?.stage.scheme === 'https' ? [rate] : []),
      ],
    },
  }
}
