import { describe, expect, test } from 'vitest'
import { siteOfThree } from '../test/third-zone.ts'
import { compileTemplate, siteTemplate } from './site-template.ts'
import { stageNames } from './stage-names.ts'

interface Statement {
  readonly Action: string
  readonly Condition: { readonly StringEquals: { readonly 'AWS:SourceArn': readonly { 'Fn::Sub': string }[] } }
}

const properties = (template: ReturnType<typeof siteTemplate>, id: string) =>
  (template.Resources[id]?.Properties ?? {}) as Record<string, unknown>

const every = stageNames.flatMap((stage) =>
  (['host', 'edge'] as const).map((routing) => [stage, routing, siteTemplate(stage, routing)] as const),
)

describe.each(every)('%s, %s routing', (_stage, _routing, template) => {
  const ids = Object.keys(template.Resources)
  const text = JSON.stringify(template)

  test('every resource that is referred to is there', () => {
    const referred = [
      ...[...text.matchAll(/"Ref":"([A-Za-z]+)"/g)].map(([, id]) => id),
      ...[...text.matchAll(/"Fn::GetAtt":\["([A-Za-z]+)"/g)].map(([, id]) => id),
      ...[...text.matchAll(/distribution\/\$\{([A-Za-z]+)\}/g)].map(([, id]) => id),
    ]
    expect(referred.length).toBeGreaterThan(20)
    expect(referred.filter((id) => id !== undefined && !ids.includes(id))).toEqual([])
  })

  test("R6: the zone's bucket is open to both distributions, in one policy", () => {
    const policies = ids.filter((id) => template.Resources[id]?.Type === 'AWS::S3::BucketPolicy')
    expect(policies).toEqual(['OutreachAssetsBucketPolicy', 'SleepconnectAssetsBucketPolicy'])
    const document = properties(template, 'OutreachAssetsBucketPolicy').PolicyDocument as {
      readonly Statement: readonly Statement[]
    }
    for (const { Condition } of document.Statement) {
      expect(Condition.StringEquals['AWS:SourceArn'].map((arn) => /\/\$\{(.+)\}$/.exec(arn['Fn::Sub'])?.[1])).toEqual([
        'SleepconnectDistribution',
        'OutreachDistribution',
      ])
    }
  })

  test('S12: no function can be called around its distribution', () => {
    const urls = ids.filter((id) => template.Resources[id]?.Type === 'AWS::Lambda::Url')
    expect(urls).toContain('OutreachPagesUrl')
    for (const id of urls) {
      expect(properties(template, id)).toMatchObject({ AuthType: 'AWS_IAM', Qualifier: 'live' })
    }
  })

  test('B7: an answer that says nothing of its own may load nothing from elsewhere and be framed by nobody', () => {
    const config = properties(template, 'SecurityHeaders').ResponseHeadersPolicyConfig as {
      readonly SecurityHeadersConfig: {
        readonly ContentSecurityPolicy: { readonly ContentSecurityPolicy: string; readonly Override: boolean }
      }
      readonly CustomHeadersConfig: { readonly Items: readonly object[] }
    }
    const { ContentSecurityPolicy, Override } = config.SecurityHeadersConfig.ContentSecurityPolicy
    expect(ContentSecurityPolicy.split('; ')).toEqual([
      "default-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ])
    // A page names the nonce of its own scripts.
    expect(Override).toBe(false)
    expect(config.CustomHeadersConfig.Items).toEqual([
      {
        Header: 'Permissions-Policy',
        Value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
        Override: false,
      },
    ])
  })

  test("the API's own error answers are not replaced, and no 5xx is kept", () => {
    for (const id of ['SleepconnectDistribution', 'OutreachDistribution']) {
      const { CustomErrorResponses } = properties(template, id).DistributionConfig as Record<string, unknown>
      expect(CustomErrorResponses).toEqual([
        { ErrorCode: 500, ErrorCachingMinTTL: 0 },
        { ErrorCode: 502, ErrorCachingMinTTL: 0 },
        { ErrorCode: 503, ErrorCachingMinTTL: 0 },
        { ErrorCode: 504, ErrorCachingMinTTL: 0 },
      ])
    }
  })
})

test("only the host's own distribution limits the requests of one address, and no laptop does", () => {
  const limits = (stage: 'production' | 'local', zone: string) =>
    JSON.stringify(siteTemplate(stage).Resources[`${zone}Firewall`]).includes('RateBasedStatement')
  expect(limits('production', 'Sleepconnect')).toBe(true)
  expect(limits('production', 'Outreach')).toBe(false)
  expect(limits('local', 'Sleepconnect')).toBe(false)
})

test('changing the routing mode changes behaviours of the host and nothing else', () => {
  const [hostMode, edgeMode] = [
    siteTemplate('production', 'host').Resources,
    siteTemplate('production', 'edge').Resources,
  ]
  expect(Object.keys(edgeMode)).toEqual(Object.keys(hostMode))
  const changed = Object.keys(hostMode).filter((id) => JSON.stringify(hostMode[id]) !== JSON.stringify(edgeMode[id]))
  expect(changed).toEqual(['SleepconnectDistribution'])
})

describe('a third zone', () => {
  const names = {
    stage: 'test',
    bucket: (zone: string) => `assets-of-${zone}`,
    function: (origin: string) => (origin.endsWith('-assets') ? undefined : `function-of-${origin}`),
  }
  const three = compileTemplate(siteOfThree, 'edge', names).Resources
  const two = compileTemplate(
    { ...siteOfThree, zones: [siteOfThree.zones[0], ...siteOfThree.zones.slice(1, 2)] },
    'edge',
    names,
  ).Resources
  const added = Object.keys(three).filter((id) => !(id in two))

  test('brings its own distribution, bucket and functions', () => {
    expect(added.filter((id) => !id.includes('For'))).toEqual([
      'SchedulingFirewall',
      'SchedulingDistribution',
      'SchedulingAssetsBucket',
      'SchedulingAssetsBucketPolicy',
      'SchedulingApiRoutesUrl',
      'SchedulingPagesUrl',
    ])
  })

  test("changes the host's distribution and the functions that know every zone, and nothing else", () => {
    const changed = Object.keys(two).filter((id) => JSON.stringify(two[id]) !== JSON.stringify(three[id]))
    expect(changed).toEqual(['ViewerRequest', 'ViewerResponse', 'SleepconnectDistribution'])
  })
})
