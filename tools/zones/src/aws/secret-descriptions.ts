import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

export interface SecretDescription {
  readonly arn: string
  /** Whether anybody has put a value into it. The value itself is not read. */
  readonly hasValue: boolean
  readonly isBeingDeleted: boolean
}

export interface SecretDescriptions {
  /** Undefined: there is no secret of this name. @throws AwsFailure */
  of(name: string): Promise<SecretDescription | undefined>
}

export function createSecretDescriptions(settings: AwsSettings): SecretDescriptions {
  const client = failingPlainly('secretsmanager', new SecretsManagerClient(clientOptions(settings)))
  return {
    async of(name) {
      try {
        const {
          ARN,
          VersionIdsToStages = {},
          DeletedDate,
        } = await client.send(new DescribeSecretCommand({ SecretId: name }))
        return {
          arn: ARN ?? '',
          hasValue: Object.values(VersionIdsToStages).some((labels) => labels.includes('AWSCURRENT')),
          isBeingDeleted: DeletedDate !== undefined,
        }
      } catch (error) {
        if (isRefusedAs(error, 'ResourceNotFoundException')) return undefined
        throw error
      }
    },
  }
}
