import { managedCachePolicies, managedOriginRequestPolicies } from '@sax/topology/cloudfront'
import { readDistributionText } from '../src/lint/input/distribution-file.ts'
import type { OpenNextSettings } from '../src/lint/input/open-next.ts'
import { ownNames } from '../src/lint/input/own-names.ts'
import { readMatcher } from '../src/lint/input/proxy-file.ts'
import { readZonesFile } from '../src/lint/input/zones-file.ts'
import type { HostProject, InspectedZone, LintModel, ProxyProject } from '../src/lint/model.ts'
import type { EvaluatedConfig } from '../src/lint/next-config/load.ts'
import { readRewrites } from '../src/lint/next-config/rewrite-claims.ts'
import { inspectZones, nothing } from '../src/lint/territory.ts'
import { ofProxyMatcher, union } from '../src/paths/path-language.ts'

/** The zone most cases are about. */
export const BLOG = { name: 'blog', basePath: '/blog', assetPrefix: '/blog-static', api: '/blog/api' }

export interface TinyRewrite {
  readonly source: string
  readonly destination: string
  readonly has?: readonly { readonly type: string }[]
}

export interface TinySite {
  readonly zones?: readonly object[]
  readonly rewrites?:
    | readonly TinyRewrite[]
    | Partial<Record<'beforeFiles' | 'afterFiles' | 'fallback', readonly TinyRewrite[]>>
  /** Text of a proxy. */
  readonly proxy?: string
  readonly basePath?: string
  readonly openNext?: OpenNextSettings
  /** Text of a template or a live configuration, one or several. */
  readonly distributions?: readonly string[]
}

/** A model made of texts and values that fit on a screen. */
export function tinyModel({
  zones = [BLOG],
  rewrites,
  proxy,
  basePath = '',
  openNext,
  distributions = [],
}: TinySite): LintModel {
  const inspected = inspectZones(readZonesFile(JSON.stringify({ zones }), 'zones.json'))
  const names = ownNames()
  const read = distributions.map((text, i) => readDistributionText(text, `cdn-${i + 1}.json`, inspected, names))
  return {
    zonesFile: 'zones.json',
    zones: inspected.filter((zone) => zone.basePath !== ''),
    hostZone: inspected.find((zone) => zone.basePath === ''),
    hosts:
      rewrites === undefined && proxy === undefined
        ? []
        : [project({ rewrites: rewrites ?? [], proxy, basePath, openNext }, inspected)],
    distributions: read.flatMap((one) => one.distributions),
    templates: read.flatMap(({ template }) => template ?? []),
    names,
  }
}

interface TinyProject {
  readonly rewrites: NonNullable<TinySite['rewrites']>
  readonly proxy: string | undefined
  readonly basePath: string
  readonly openNext: OpenNextSettings | undefined
}

function project({ rewrites, proxy, basePath, openNext }: TinyProject, zones: readonly InspectedZone[]): HostProject {
  const list = (phase: 'beforeFiles' | 'afterFiles' | 'fallback') =>
    Array.isArray(rewrites)
      ? phase === 'afterFiles'
        ? rewrites
        : []
      : ((rewrites as Record<string, readonly TinyRewrite[]>)[phase] ?? [])
  const filled = {
    variables: [],
    config: {},
    caseSensitive: false,
    rewrites: { beforeFiles: list('beforeFiles'), afterFiles: list('afterFiles'), fallback: list('fallback') },
  } as unknown as EvaluatedConfig
  return {
    file: 'host/next.config.mjs',
    role: 'host',
    basePath,
    ...readRewrites({ filled, unset: filled }, basePath, zones),
    proxy: proxy === undefined ? undefined : proxyOf(proxy, basePath),
    variables: [],
    exposed: [],
    envFiles: [],
    openNext,
    catchAllRoutes: [],
    guarded: [],
  }
}

function proxyOf(text: string, basePath: string): ProxyProject {
  const matcher = readMatcher(text)
  const entries =
    matcher.kind === 'sources'
      ? matcher.sources.map(({ source }) => ({ source, language: ofProxyMatcher(source, { basePath }) }))
      : []
  const language = matcher.kind === 'sources' ? union(nothing(), ...entries.map((entry) => entry.language)) : undefined
  return { file: 'host/proxy.ts', matcher, carries: text.includes('rewrite(') ? 'yes' : 'no', entries, language }
}

const ids = (table: Readonly<Record<string, { readonly name: string }>>) =>
  Object.fromEntries(Object.entries(table).map(([id, { name }]) => [name.replace(/^Managed-/, ''), id]))

/** Ids of managed policies by name, as AWS publishes them. */
export const policies = { ...ids(managedCachePolicies), ...ids(managedOriginRequestPolicies) }

export const READ = ['GET', 'HEAD', 'OPTIONS']
export const ALL = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']

export interface TinyBehavior {
  readonly path?: string
  readonly to: string
  readonly cache?: string
  readonly forward?: string | undefined
  readonly methods?: readonly string[]
  readonly compress?: boolean
  readonly viewerRequest?: string
}

/** A behaviour that is right for signed-in answers unless it says otherwise. */
export function behavior({ path, to, cache, forward, methods = ALL, compress = false, viewerRequest }: TinyBehavior) {
  return {
    ...(path === undefined ? {} : { PathPattern: path }),
    TargetOriginId: to,
    ViewerProtocolPolicy: 'redirect-to-https',
    AllowedMethods: methods,
    CachePolicyId: cache ?? policies.CachingDisabled,
    OriginRequestPolicyId: forward ?? policies.AllViewerExceptHostHeader,
    Compress: compress,
    ...(viewerRequest === undefined
      ? {}
      : {
          FunctionAssociations: [
            { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [viewerRequest, 'FunctionARN'] } },
          ],
        }),
  }
}

/** Origins as a template writes them, by id and host name. A bucket and a function URL are signed. */
export function origins(hosts: Readonly<Record<string, string>>) {
  return Object.entries(hosts).map(([Id, DomainName]) => ({
    Id,
    DomainName,
    ...(DomainName.includes('.s3.')
      ? { S3OriginConfig: {} }
      : { CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }),
    ...(/\.s3\.|\.lambda-url\./.test(DomainName) ? { OriginAccessControlId: 'E2EXAMPLE' } : {}),
  }))
}

export interface TinyDistribution {
  readonly aliases?: readonly string[]
  readonly origins: readonly object[]
  /** In order; the last one, without a path, is the default. */
  readonly behaviors: readonly ReturnType<typeof behavior>[]
  readonly errors?: readonly object[]
  /** Further resources of the template, by logical id. */
  readonly resources?: Readonly<Record<string, object>>
}

/** A template with one distribution. */
export function template({
  aliases = ['www.example.com'],
  behaviors,
  resources = {},
  errors = [],
  ...one
}: TinyDistribution): string {
  const config = {
    Enabled: true,
    Aliases: aliases,
    Origins: one.origins,
    CacheBehaviors: behaviors.slice(0, -1),
    DefaultCacheBehavior: behaviors.at(-1),
    CustomErrorResponses: errors,
  }
  return JSON.stringify({
    Resources: {
      Site: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: config } },
      ...resources,
    },
  })
}
