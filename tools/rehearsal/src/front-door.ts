import type { Server } from 'node:http'
import { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { S3Client } from '@aws-sdk/client-s3'
import {
  bucketOf,
  createLiveEdge,
  createS3ApiBucket,
  createSignedFunctionUrl,
  createViewerServer,
  type LiveDistribution,
  type SigningKey,
} from '@sax/edge/live'
import { errorFields, type Logger } from '@sax/logging'

export interface FrontDoorOptions {
  readonly aws: AwsSettings
  readonly accountId: string
  /** The listener for function URLs, and what CloudFront signs with there. */
  readonly functions: { readonly url: URL; readonly key: SigningKey }
  readonly changes: () => unknown
  readonly log: Logger
  readonly newId: () => string
  readonly nowMs: () => number
}

/** How AWS is asked here. */
export interface AwsSettings {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

export interface FrontDoor {
  /** Takes connections whose TLS was ended elsewhere; does not listen itself. */
  readonly server: Server
  readonly distributions: () => Promise<readonly LiveDistribution[]>
  readonly close: () => Promise<void>
}

const CACHE_BYTES = 64 * 1024 * 1024

/** The account's distributions, answering for functions behind their URLs and buckets behind S3's API. */
export function openFrontDoor(options: FrontDoorOptions): FrontDoor {
  const { aws, accountId, functions, changes, log, newId, nowMs } = options
  const cloudFront = new CloudFrontClient(aws)
  const s3 = new S3Client({ ...aws, forcePathStyle: true })
  const edge = createLiveEdge({
    clients: { cloudFront, s3 },
    originOf: (origin) => {
      const bucket = bucketOf(origin.domainName)
      if (origin.kind === 's3' && bucket !== undefined) return createS3ApiBucket({ s3, bucket, grants: origin.grants })
      return createSignedFunctionUrl({
        ...{ origin, listener: functions.url, key: functions.key, region: aws.region, nowMs },
        arnOf: (id) => `arn:aws:cloudfront::${accountId}:distribution/${id}`,
      })
    },
    ...{ changes, cacheBytes: CACHE_BYTES, log, newId, nowMs },
  })
  const server = createViewerServer(edge.handle, (error) => log.error('request failed', errorFields(error)))
  return {
    server,
    distributions: edge.distributions,
    close: async () => {
      server.closeAllConnections()
      await edge.close()
      cloudFront.destroy()
      s3.destroy()
    },
  }
}
