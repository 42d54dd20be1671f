import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { type SecretState, type SecretStore, successorId } from '../secrets/secret-store.ts'
import { AwsFailure, isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'
import { answerDates } from './secrets-manager-clock.ts'

/** Secrets Manager as the store of a stage's secrets. Its failures are `AwsFailure` and never quote what was sent. */
export function createSecretStore(settings: AwsSettings): SecretStore {
  const client = failingPlainly('secretsmanager', new SecretsManagerClient(clientOptions(settings)))
  const answeredAtMs = answerDates(client)

  const described = (SecretId: string) => orNothing(client.send(new DescribeSecretCommand({ SecretId })))
  const version = (SecretId: string, VersionId: string) =>
    orNothing(client.send(new GetSecretValueCommand({ SecretId, VersionId })))

  return {
    async state(secretId) {
      // The labels are read first and in one answer: two reads by label could be about two moments.
      const secret = await described(secretId)
      if (secret === undefined) return undefined
      if (secret.DeletedDate !== undefined) throw deleted(secretId)
      const nowMs = answeredAtMs(secret)
      if (nowMs === undefined) throw undated()
      const labels = Object.entries(secret.VersionIdsToStages ?? {})
      const labelled = (label: string) => labels.find(([, stages]) => stages.includes(label))?.[0]
      const currentId = labelled('AWSCURRENT')
      const current = currentId === undefined ? undefined : await version(secretId, currentId)
      return {
        arn: secret.ARN ?? secretId,
        nowMs,
        currentId,
        previousId: labelled('AWSPREVIOUS'),
        current:
          current === undefined
            ? undefined
            : // A value in bytes was not written by this tool: it reads as text that has no shape.
              { text: current.SecretString ?? '', createdAtMs: current.CreatedDate?.getTime() ?? nowMs },
      }
    },

    async textOf(secretId, versionId) {
      return (await version(secretId, versionId))?.SecretString
    },

    async write(secretId, text, after: SecretState) {
      const put = new PutSecretValueCommand({
        SecretId: secretId,
        SecretString: text,
        ClientRequestToken: successorId(after),
      })
      try {
        await client.send(put)
        return 'written'
      } catch (error) {
        if (isRefusedAs(error, 'ResourceExistsException')) return 'overtaken'
        throw error instanceof AwsFailure && error.code === 'refused' ? withoutQuotation(error) : error
      }
    },
  }
}

/** What is not there is an answer, and no failure. */
async function orNothing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (isRefusedAs(error, 'ResourceNotFoundException')) return undefined
    throw error
  }
}

/** AWS's sentence about a refused parameter may quote it, and the parameter is the secret. */
function withoutQuotation({ code, action, errorName, next }: AwsFailure): AwsFailure {
  return new AwsFailure({ code, action, errorName, message: `AWS refused ${action} (${errorName}).`, next })
}

function deleted(secretId: string): AwsFailure {
  return new AwsFailure({
    code: 'refused',
    action: 'secretsmanager:GetSecretValue',
    errorName: 'InvalidRequestException',
    message: `Somebody has marked ${secretId} for deletion.`,
    next: `Bring it back (aws secretsmanager restore-secret --secret-id ${secretId}) and run the same command again.`,
  })
}

function undated(): AwsFailure {
  return new AwsFailure({
    code: 'unavailable',
    action: 'secretsmanager:DescribeSecret',
    errorName: 'NoDate',
    message: 'Secrets Manager answered without a date, so that nobody can say what is due.',
    next: 'Run the same command again without a proxy in between.',
  })
}
