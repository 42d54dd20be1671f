import { stages } from '@sax/topology'
import type { AccountFacts, DeployedStage } from './account-facts.ts'

/**
 * Names of what only the infrastructure has. All are literal: CloudFormation adopts an existing resource by its name only
 * when the template spells it out. Changing one replaces the resource.
 * @source AWS CloudFormation User Guide, "Import AWS resources into a CloudFormation stack automatically"
 */

/** The stacks of a stage. `backend` is applied first; the two share nothing but names. */
export type StackPart = 'backend' | 'site'

export const stackName = (stage: DeployedStage, part: StackPart) =>
  part === 'backend' ? `sleepconnect-backend-${stage}` : `sleepconnect-${stage}`

/** Bucket of access logs. Names of buckets are the world's, hence the account. */
export const accessLogBucketName = (stage: DeployedStage, { accountId }: Pick<AccountFacts, 'accountId'>) =>
  `sax-logs-${stages[stage].region}-${stage}-access-${accountId}`

/** Bucket of releases: what was built, who is at it, what is live, and what came of each. */
export const releaseBucketName = (stage: DeployedStage, { accountId }: Pick<AccountFacts, 'accountId'>) =>
  `sax-releases-${stages[stage].region}-${stage}-${accountId}`

/** Bucket of the pictures that patients and practices send each other. */
export const mediaBucketName = (stage: DeployedStage, { accountId }: Pick<AccountFacts, 'accountId'>) =>
  `sax-media-${stages[stage].region}-${stage}-${accountId}`

/** A firewall's log group must begin with these words. @source AWS WAF Developer Guide, "Sending web ACL traffic logs to CloudWatch Logs" */
export const firewallLogGroupName = (stage: DeployedStage, zone: string) => `aws-waf-logs-sleepconnect-${zone}-${stage}`

export const apiName = (stage: DeployedStage) => `sleepconnect-api-${stage}`
export const apiLogGroupName = (stage: DeployedStage) => `/aws/apigateway/${apiName(stage)}`

export const alarmTopicName = (stage: DeployedStage) => `sleepconnect-alarms-${stage}`

/** The cluster of a stage's own, and the proxy before it or before somebody else's. */
export const clusterName = (stage: DeployedStage) => `sleepconnect-${stage}`
export const proxyName = (stage: DeployedStage) => `sleepconnect-${stage}`
/** Names that RDS gives to what it writes. @source Amazon Aurora User Guide, "Publishing Aurora PostgreSQL logs to Amazon CloudWatch Logs" */
export const databaseLogGroupName = (stage: DeployedStage) => `/aws/rds/cluster/${clusterName(stage)}/postgresql`
export const proxyLogGroupName = (stage: DeployedStage) => `/aws/rds/proxy/${proxyName(stage)}`

/** What is kept of requests for hashed files, to measure how many of them edges answer. */
export const staticFilesLogGroupName = (stage: DeployedStage) => `/sleepconnect/${stage}/static-files`

export const flowLogGroupName = (stage: DeployedStage) => `/sleepconnect/${stage}/flow-logs`

export const scheduleGroupName = (stage: DeployedStage) => `sleepconnect-${stage}`

export const roleName = (stage: DeployedStage, role: string) => `sleepconnect-${role}-${stage}`

/** Alias of the key that encrypts what a stack of a stage keeps. */
export const keyAlias = (stage: DeployedStage, part: StackPart) => `alias/${stackName(stage, part)}`

/** `outreach-dev.mydreamconnect.com` -> `OutreachDevMydreamconnectCom`: a logical id that stays while the name does. */
export const logicalIdOf = (name: string) =>
  name.replace(/(?:^|[.-])([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase())
