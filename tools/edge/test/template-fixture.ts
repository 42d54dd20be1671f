import { readFileSync } from 'node:fs'
import type { Distribution } from '../src/config/distribution.ts'
import { type ReadOptions, readDistributions } from '../src/config/read-distribution.ts'

type Json = Readonly<Record<string, unknown>>

/** A file of `fixtures/`. */
export function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')
}

export const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'

export const defaultBehavior: Json = {
  TargetOriginId: 'web',
  ViewerProtocolPolicy: 'redirect-to-https',
  CachePolicyId: CACHING_DISABLED,
}

/** The smallest configuration AWS takes, with what a test changes in it. */
export function config(changed: Json = {}): Json {
  return {
    Enabled: true,
    Origins: [{ Id: 'web', DomainName: 'web.example.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }],
    DefaultCacheBehavior: defaultBehavior,
    ...changed,
  }
}

/** The text of a template with distribution `Site` and whatever else a test puts beside it. */
export function templateText(changed: Json = {}, resources: Json = {}): string {
  const Site = { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: config(changed) } }
  return JSON.stringify({ Resources: { Site, ...resources } })
}

/** The only distribution of such a template. */
export function site(changed: Json, resources: Json = {}, options: ReadOptions = {}): Distribution {
  return readDistributions(templateText(changed, resources), options).distributions[0]
}

/** What a call throws, for its code and message to be judged together. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
