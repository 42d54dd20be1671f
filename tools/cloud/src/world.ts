import { Certificates } from './acm/certificates.ts'
import { Stacks } from './cloudformation/engine/stacks.ts'
import { KeptResources } from './cloudformation/resources/kept-resources.ts'
import { CloudFrontState } from './cloudfront/cloudfront-state.ts'
import { AwsPolicies } from './iam/aws-policies.ts'
import { LambdaState } from './lambda/function-state.ts'
import { Zones } from './route53/zones.ts'
import { BucketOwners } from './s3/bucket-owners.ts'

/** What a hosted zone that is there from the start looks like. */
export interface GivenZone {
  readonly domain: string
  /** Absent: one is made up. */
  readonly id?: string
  /** Whether the parent zone sends the world to it. Default true. */
  readonly delegated?: boolean
  /** Absent: the cloud's own account. */
  readonly accountId?: string
}

/** Everything the layer itself knows. Starting over is making a new one. */
export interface World {
  readonly zones: Zones
  readonly buckets: BucketOwners
  readonly lambda: LambdaState
  readonly certificates: Certificates
  readonly kept: KeptResources
  readonly awsPolicies: AwsPolicies
  readonly cloudFront: CloudFrontState
  readonly stacks: Stacks
  /** Ends all work that is under way. */
  readonly ending: AbortController
}

/** What is so from the start. */
export interface Beginning {
  readonly accountId: string
  readonly hostedZones: readonly GivenZone[]
  /** Concurrent executions of functions that each account may have. */
  readonly concurrencyLimit: number
  /** So many looks show something unfinished that AWS does not do at once. */
  readonly pendingLooks: number
}

export function newWorld({ accountId, hostedZones, concurrencyLimit, pendingLooks }: Beginning): World {
  const zones = new Zones()
  for (const { domain, id, delegated, accountId: owner } of hostedZones) {
    zones.create({ name: domain, id, delegated, accountId: owner ?? accountId, callerReference: domain })
  }
  const certificates = new Certificates(zones)
  return {
    ...{ zones, buckets: new BucketOwners(), lambda: new LambdaState(concurrencyLimit) },
    ...{
      certificates,
      cloudFront: new CloudFrontState(certificates, pendingLooks),
      kept: new KeptResources(),
      awsPolicies: new AwsPolicies(),
      stacks: new Stacks(),
    },
    ending: new AbortController(),
  }
}
