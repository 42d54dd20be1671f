import { createHash } from 'node:crypto'
import type { DeployedStage } from '@sax/infra/account-facts'
import type { Cloud } from './cloud.ts'

export interface StoredTemplate {
  readonly stage: DeployedStage
  readonly region: string
  readonly accountId: string
  readonly stackName: string
  readonly body: string
}

/**
 * The bucket templates are read from. CloudFormation takes 51,200 bytes at most by hand and a megabyte from a bucket.
 * It belongs to these commands, not to a stack: it has to be there before the first one.
 * @source AWS CloudFormation User Guide, "CloudFormation quotas"
 */
export const templateBucketName = (region: string, stage: DeployedStage, accountId: string) =>
  `sax-infra-${region}-${stage}-${accountId}`

/** Stores a template under the hash of its content and answers its URL. @throws AwsFailure */
export async function storeTemplate(
  { templateBucket }: Pick<Cloud, 'templateBucket'>,
  { stage, region, accountId, stackName, body }: StoredTemplate,
): Promise<string> {
  const bucket = templateBucketName(region, stage, accountId)
  const digest = createHash('sha256').update(body).digest('hex')
  await templateBucket.ensure(bucket)
  return templateBucket.store(bucket, `templates/${stackName}/${digest}.json`, body)
}
