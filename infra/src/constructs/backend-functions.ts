import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import type { CfnAlias } from 'aws-cdk-lib/aws-lambda'
import type { Stack } from 'aws-cdk-lib/core'
import { arnOf } from '../arn.ts'
import { backendFunctions, type StageFunction } from '../functions.ts'
import { type QueueId, queueNames } from '../queues.ts'
import { mediaBucketName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { DATABASE_USER, type Database } from './database.ts'
import type { DatabaseProxy } from './database-proxy.ts'
import { functionAlarms } from './function-alarms.ts'
import { functionLogs } from './function-logs.ts'
import { inVpc } from './in-vpc.ts'
import { allow, type Statement } from './policy-statement.ts'
import { keyOfBuckets } from './release-rights.ts'
import { type ReleasedFunctionProps, releasedFunction } from './released-function.ts'
import { replyVisible } from './reply-visible.ts'
import type { SecurityGroups } from './security-groups.ts'
import { unregisteredNumber } from './unregistered-number.ts'

export interface Surroundings {
  readonly key: CfnKey
  readonly subnetIds: readonly string[]
  readonly groups: SecurityGroups
  readonly database: Database
  readonly proxy: DatabaseProxy
}

export interface Made {
  readonly fn: StageFunction
  readonly alias: CfnAlias
}

/** The backend's functions, all of them in the network. */
export function backendFunctionsOf(
  stack: Stack,
  described: StageDescription,
  surroundings: Surroundings,
): readonly Made[] {
  const functions = backendFunctions(described)
  const logGroupOf = functionLogs(stack, described, surroundings.key, functions)
  return functions.map((fn) => {
    const { may = [], ...own } = ownOf(described, surroundings, fn)
    const alias = releasedFunction(stack, described, fn, {
      logGroup: logGroupOf(fn),
      ...own,
      may: [...inVpc(described, fn), ...may],
    })
    functionAlarms(stack, described, fn)
    if (fn.kind === 'backend') {
      replyVisible(stack, described, logGroupOf(fn))
      unregisteredNumber(stack, described, logGroupOf(fn))
    }
    return { fn, alias }
  })
}

type Own = Omit<ReleasedFunctionProps, 'logGroup'>

/** What a function knows and may that the others do not. */
function ownOf(described: StageDescription, surroundings: Surroundings, { kind }: StageFunction): Own {
  const { groups, subnetIds, database, proxy } = surroundings
  const queue = (id: QueueId) => arnOf(described, 'sqs', queueNames(described.stage)[id])
  const throughProxy = {
    vpc: { subnetIds, securityGroupIds: [groups.functions] },
    environment: {
      DATABASE_HOST: proxy.host,
      DATABASE_NAME: database.databaseName,
      DATABASE_USER,
      OUTBOX_QUEUE_URL: queueUrl(described, 'outbox'),
    },
  }
  const connects = allow(['rds-db:connect'], proxy.userArn)
  switch (kind) {
    case 'backend':
      return {
        ...throughProxy,
        may: [connects, allow(['sqs:SendMessage'], queue('outbox')), ...picturesShown(described)],
      }
    case 'worker':
      return {
        ...throughProxy,
        failedCalls: queue('sweeps-failed'),
        may: [
          connects,
          allow(
            ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
            [queue('outbox'), queue('inbound')],
          ),
          // A sweep puts what it finds into the queue.
          allow(['sqs:SendMessage'], [queue('outbox'), queue('sweeps-failed')]),
          ...picturesKept(described),
          // Texts belong to no resource. @source Service Authorization Reference, "Actions, resources, and condition keys for Amazon Comprehend"
          ...(described.sizes.moods === 'comprehend' ? [allow(['comprehend:DetectSentiment'], '*')] : []),
        ],
      }
    case 'migrations':
      return {
        vpc: { subnetIds, securityGroupIds: [groups.migrations, groups.databaseClients] },
        environment: {
          // Not the proxy: a migration holds a lock for as long as its session lives.
          DATABASE_HOST: database.host,
          DATABASE_NAME: database.databaseName,
          DATABASE_ADMIN_SECRET_ID: database.adminSecretArn,
        },
        may: adminSecret(described, database.adminSecretArn),
      }
    default:
      return {}
  }
}

/**
 * Who puts pictures there that are to be sent, and shows them. Without the right to list S3 says of what is not there that
 * it is denied; it allows no more than to learn names that the database holds anyway.
 * @source Amazon S3 API Reference, "GetObject", "Permissions"
 */
function picturesShown(described: StageDescription): readonly Statement[] {
  const bucket = `arn:aws:s3:::${mediaBucketName(described.stage, described.facts)}`
  return [
    allow(['s3:PutObject', 's3:GetObject'], `${bucket}/*`),
    allow(['s3:ListBucket'], bucket),
    keyOfBuckets(described),
  ]
}

/**
 * Who brings pictures from the carrier, and takes away what nobody sent: not for good, for the bucket keeps what was taken
 * away for as long as what was overwritten. It reads none.
 */
function picturesKept(described: StageDescription): readonly Statement[] {
  const bucket = mediaBucketName(described.stage, described.facts)
  return [allow(['s3:PutObject', 's3:DeleteObject'], `arn:aws:s3:::${bucket}/*`), keyOfBuckets(described)]
}

/** The database administrator's secret, and the key it is encrypted with: ours, or whichever a given cluster has. */
function adminSecret({ settings, facts }: StageDescription, secretArn: string): readonly Statement[] {
  return [
    allow(['secretsmanager:GetSecretValue'], secretArn),
    allow(['kms:Decrypt'], `arn:aws:kms:${settings.region}:${facts.accountId}:key/*`, {
      StringEquals: {
        'kms:ViaService': `secretsmanager.${settings.region}.amazonaws.com`,
        // @source AWS Secrets Manager User Guide, "Secret encryption and decryption in AWS Secrets Manager" (encryption context)
        'kms:EncryptionContext:SecretARN': secretArn,
      },
    }),
  ]
}

/** @source Amazon SQS Developer Guide, "Queue and message identifiers" */
function queueUrl({ stage, settings, facts }: StageDescription, id: QueueId): string {
  return `https://sqs.${settings.region}.amazonaws.com/${facts.accountId}/${queueNames(stage)[id]}`
}
