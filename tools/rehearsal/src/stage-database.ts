import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { functionName, type Stage } from '@sax/topology'
import type { DatabaseEndpoint } from './postgres/database-endpoints.ts'

/** A stage's database, as its functions know it. */
export interface StageDatabase {
  readonly endpoints: readonly DatabaseEndpoint[]
  readonly databaseName: string
  readonly adminSecretArn: string
}

/** Read from the functions' own environment: what they are told is what has to answer. @throws Error when they are told nothing */
export async function stageDatabase(lambda: LambdaClient, stage: Stage): Promise<StageDatabase> {
  const told = async (role: 'outreach-api' | 'outreach-migrations', ...names: readonly string[]) => {
    const asked = new GetFunctionConfigurationCommand({ FunctionName: functionName(stage, role) })
    const { Environment: { Variables = {} } = {} } = await lambda.send(asked)
    return names.map((name) => {
      const value = Variables[name]
      if (value === undefined || value === '') throw new Error(`${functionName(stage, role)} is not told ${name}`)
      return value
    })
  }
  const [proxy = ''] = await told('outreach-api', 'DATABASE_HOST')
  const [cluster = '', databaseName = '', adminSecretArn = ''] = await told(
    'outreach-migrations',
    ...['DATABASE_HOST', 'DATABASE_NAME', 'DATABASE_ADMIN_SECRET_ID'],
  )
  return {
    endpoints: [
      { kind: 'proxy', host: proxy },
      { kind: 'cluster', host: cluster },
    ],
    ...{ databaseName, adminSecretArn },
  }
}

/**
 * Gives a cluster's administrator the password that RDS would have made, where RDS would have put it.
 * @source Amazon Aurora User Guide, "Password management with Amazon Aurora and AWS Secrets Manager"
 */
export async function putMasterSecret(
  secrets: SecretsManagerClient,
  arn: string,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<void> {
  const SecretString = JSON.stringify({ username, password })
  try {
    await secrets.send(new PutSecretValueCommand({ SecretId: arn, SecretString }))
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error
    // The letters at the end are AWS's to choose, and the emulator's own are others. As part of the name they are found.
    const Name = arn.slice(arn.indexOf(':secret:') + ':secret:'.length)
    await secrets.send(new CreateSecretCommand({ Name, SecretString }))
  }
}
