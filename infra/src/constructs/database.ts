import type { CfnResource } from 'aws-cdk-lib/core'
import type { ExistingDatabase } from '../account-facts.ts'

/** A PostgreSQL cluster, the stage's own or somebody else's. */
export interface Database {
  readonly clusterName: string
  /** Where the writer answers. */
  readonly host: string
  /** What IAM calls the cluster. */
  readonly resourceId: string
  readonly databaseName: string
  readonly adminSecretArn: string
  /** What has to be made before anybody can be let in. */
  readonly madeOf: readonly CfnResource[]
}

/** A cluster that is there already. Nothing of it is made, changed or watched. */
export function existingDatabase({
  clusterArn,
  host,
  resourceId,
  databaseName,
  adminSecretArn,
}: ExistingDatabase): Database {
  return { clusterName: clusterArn.split(':').at(-1) ?? '', host, resourceId, databaseName, adminSecretArn, madeOf: [] }
}

/** Who the functions are in the database: may read and write rows, and change nothing else. */
export const DATABASE_USER = 'app_user'
