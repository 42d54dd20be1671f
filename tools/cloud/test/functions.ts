import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import type { Cloud } from '../src/index.ts'
import { zipOf } from '../src/lambda/zip.ts'
import { asOwner } from './clients.ts'

/** An invocation's outcome, with payload and log readable. */
export interface Outcome {
  readonly value: unknown
  readonly error: string | undefined
  readonly log: string
  readonly version: string | undefined
}

/** A handler that answers with that text. */
export const returning = (text: string) => `export const handler = async () => ${JSON.stringify(text)}`

/** Makes, publishes and invokes small functions of one file. */
export function functionsOf(cloud: Cloud) {
  const lambda = new LambdaClient(asOwner(cloud))
  const settled = (FunctionName: string) => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
  const zip = (code: string, file = 'index.mjs') => new Uint8Array(zipOf(file, code))
  return {
    lambda,
    role: () =>
      new IAMClient(asOwner(cloud)).send(
        new CreateRoleCommand({
          RoleName: 'runs',
          AssumeRolePolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          }),
        }),
      ),
    /** A function whose `$LATEST` is that ES module. */
    create: async (name: string, code: string, more: Partial<CreateFunctionCommandInput> = {}) => {
      await lambda.send(
        new CreateFunctionCommand({
          ...{ FunctionName: name, Role: 'arn:aws:iam::111122223333:role/runs', Runtime: 'nodejs24.x' },
          ...{ Handler: 'index.handler', Code: { ZipFile: zip(code) }, ...more },
        }),
      )
      await settled(name)
    },
    /** Freezes what is there, or that code, as a version. */
    publish: async (name: string, code?: string): Promise<string> => {
      if (code !== undefined) {
        await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile: zip(code) }))
        await settled(name)
      }
      const { Version = '' } = await lambda.send(new PublishVersionCommand({ FunctionName: name }))
      return Version
    },
    alias: (FunctionName: string, Name: string, FunctionVersion: string, weights?: Record<string, number>) =>
      lambda.send(
        new CreateAliasCommand({
          ...{ FunctionName, Name, FunctionVersion },
          ...(weights === undefined ? {} : { RoutingConfig: { AdditionalVersionWeights: weights } }),
        }),
      ),
    invoke: async (
      FunctionName: string,
      event: unknown = {},
      more: Partial<InvokeCommandInput> = {},
    ): Promise<Outcome> => {
      const answer = await lambda.send(
        new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)), LogType: 'Tail', ...more }),
      )
      const payload = Buffer.from(answer.Payload ?? []).toString('utf8')
      return {
        value: payload === '' ? undefined : JSON.parse(payload),
        error: answer.FunctionError,
        log: Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8'),
        version: answer.ExecutedVersion,
      }
    },
  }
}
