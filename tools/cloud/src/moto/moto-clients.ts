import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { IAMClient } from '@aws-sdk/client-iam'
import { KMSClient } from '@aws-sdk/client-kms'
import { S3Client } from '@aws-sdk/client-s3'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { Turns } from './turns.ts'

/** SDK clients that speak to moto itself on behalf of one account. */
export interface AccountClients {
  readonly s3: S3Client
  readonly iam: IAMClient
  readonly logs: CloudWatchLogsClient
  readonly cloudWatch: CloudWatchClient
  readonly kms: KMSClient
  readonly secrets: SecretsManagerClient
  readonly sns: SNSClient
  readonly sqs: SQSClient
  readonly apiGateway: ApiGatewayV2Client
}

/** Gives the clients of an account; the same ones when asked again. */
export type MotoClients = (accountId: string, region: string) => AccountClients

export function motoClients(port: number, turns: Turns): { readonly clients: MotoClients; readonly close: () => void } {
  const made = new Map<string, AccountClients>()
  return {
    clients: (accountId, region) => {
      const key = `${accountId} ${region}`
      const clients = made.get(key) ?? newClients(port, accountId, region, turns)
      made.set(key, clients)
      return clients
    },
    // Connections that are kept would keep the process as well.
    close: () => {
      for (const clients of made.values()) for (const client of Object.values(clients)) client.destroy()
    },
  }
}

function newClients(port: number, accountId: string, region: string, turns: Turns): AccountClients {
  const settings = {
    endpoint: `http://127.0.0.1:${port}`,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: 'layer', secretAccessKey: 'layer' },
  }
  return {
    s3: inAccount(new S3Client({ ...settings, forcePathStyle: true }), accountId),
    iam: inTurn('iam', inAccount(new IAMClient(settings), accountId), turns),
    logs: inAccount(new CloudWatchLogsClient(settings), accountId),
    cloudWatch: inAccount(new CloudWatchClient(settings), accountId),
    kms: inAccount(new KMSClient(settings), accountId),
    secrets: inAccount(new SecretsManagerClient(settings), accountId),
    sns: inAccount(new SNSClient(settings), accountId),
    sqs: inAccount(new SQSClient(settings), accountId),
    apiGateway: inAccount(new ApiGatewayV2Client(settings), accountId),
  }
}

/** As much of a client as is needed to add a header to all its requests. */
interface WithMiddleware {
  readonly middlewareStack: { readonly add: (middleware: unknown, options: { readonly step: 'build' }) => void }
}

function inAccount<Client>(client: Client, accountId: string): Client {
  const { middlewareStack } = client as WithMiddleware
  middlewareStack.add(withHeader(accountId), { step: 'build' })
  return client
}

function inTurn<Client>(service: string, client: Client, turns: Turns): Client {
  const { middlewareStack } = client as WithMiddleware
  const waiting = (next: (args: unknown) => Promise<unknown>) => (args: unknown) => turns(service, () => next(args))
  middlewareStack.add(waiting, { step: 'build' })
  return client
}

/** moto's own way to say whose account it is. */
function withHeader(accountId: string) {
  return (next: (args: unknown) => Promise<unknown>) =>
    (args: unknown): Promise<unknown> => {
      const { request } = args as { request: { headers: Record<string, string> } }
      request.headers['x-moto-account-id'] = accountId
      return next(args)
    }
}
