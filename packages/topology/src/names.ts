import { stages } from './stages.ts'
import type { OriginId, Stage, StageFacts } from './types.ts'
import type { ZoneName } from './zones.ts'

/** Functions a stage runs, by what they do. Closed: what is not named here is no function of this site. */
export const functionRoles = [
  'sleep-connect-server',
  'outreach-server',
  'outreach-api-routes',
  'outreach-api',
  'outreach-worker',
  'outreach-migrations',
] as const

export type FunctionRole = (typeof functionRoles)[number]

/** The function behind an origin. An origin that is missing here is a bucket. */
export const originRoles: Readonly<Partial<Record<OriginId, FunctionRole>>> = {
  'sleepconnect-pages': 'sleep-connect-server',
  'outreach-pages': 'outreach-server',
  'outreach-api-routes': 'outreach-api-routes',
}

/** Lambda function name, for example `sax-lambda-us-east-1-0x-d-outreach-server_develop`. */
export function functionName(stage: Stage, role: FunctionRole): string {
  return lambdaName(stages[stage], stage, role)
}

/** The same for a function of any site: the naming scheme alone. */
export function lambdaName(
  { region, letter }: Pick<StageFacts<never>, 'region' | 'letter'>,
  stage: string,
  role: string,
): string {
  return `sax-lambda-${region}-0x-${letter}-${role}_${stage}`
}

/**
 * CloudWatch log group of a function. The zone's API routes write into the zone's own group, so that
 * `aws logs tail` on the zone shows the handlers' lines.
 */
export function logGroupName(stage: Stage, role: FunctionRole): string {
  return `/aws/lambda/${functionName(stage, role === 'outreach-api-routes' ? 'outreach-server' : role)}`
}

/** S3 bucket of a zone's hashed files. */
export function assetBucketName(stage: Stage, zone: ZoneName = 'outreach'): string {
  const { region, assetBucket } = stages[stage]
  return zone === 'outreach' ? assetBucket : `sax-nextjs-${region}-${stage}-${zone}-assets`
}

/** Name of the carrier's API, which functions call. @source Twilio documentation, "Messages resource" (base URL) */
export const CARRIER_API = 'api.twilio.com'

/** Alias that traffic follows. Releases move it; nothing else does. */
export const LIVE_ALIAS = 'live'
