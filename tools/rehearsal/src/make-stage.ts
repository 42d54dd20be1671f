import { LambdaClient } from '@aws-sdk/client-lambda'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { applyStage, type StageApplication } from './apply-stage.ts'
import type { AwsSettings } from './front-door.ts'
import type { Administration } from './postgres/administration.ts'
import { putMasterSecret, type StageDatabase, stageDatabase } from './stage-database.ts'

export interface StageMaking extends StageApplication {
  readonly aws: AwsSettings
  readonly administration: Administration
  readonly databasePassword: string
}

/** RDS's usual name of a cluster's administrator. */
const ADMINISTRATOR = 'postgres'

/** Makes the stage's infrastructure, and what RDS would have made beside it. Gives the database as functions know it. */
export async function makeStage(making: StageMaking): Promise<StageDatabase> {
  const { stage, aws, administration, databasePassword } = making
  await applyStage(making)
  const [lambda, secrets] = [new LambdaClient(aws), new SecretsManagerClient(aws)]
  try {
    const database = await stageDatabase(lambda, stage)
    await administration.createDatabase(database.databaseName)
    const master = { username: ADMINISTRATOR, password: databasePassword }
    await putMasterSecret(secrets, database.adminSecretArn, master)
    return database
  } finally {
    lambda.destroy()
    secrets.destroy()
  }
}
