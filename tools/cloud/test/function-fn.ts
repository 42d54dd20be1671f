import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  CreateAliasCommand,
  type CreateAliasCommandInput,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import type { Cloud } from '../src/index.ts'
import { zipOf } from '../src/lambda/zip.ts'
import { asOwner } from './clients.ts'

export const OWN = '111122223333'
export const ARN = `arn:aws:lambda:us-east-1:${OWN}:function:fn`

export const zip = (text = 'exports.handler = async () => 1') => new Uint8Array(zipOf('index.js', text))

/** The one function of a test, `fn`, through the genuine client: as it is asked for, without waiting for anything. */
export function functionFn(cloud: Cloud) {
  const lambda = new LambdaClient(asOwner(cloud))
  const base = { FunctionName: 'fn', Role: `arn:aws:iam::${OWN}:role/runs`, Runtime: 'nodejs24.x' as const }
  const create = (more: Partial<CreateFunctionCommandInput> = {}) =>
    lambda.send(new CreateFunctionCommand({ ...base, Handler: 'index.handler', Code: { ZipFile: zip() }, ...more }))
  /** Its configuration. Whoever has looked has waited for the last change. */
  const look = async (): Promise<FunctionConfiguration> => {
    const { $metadata: _, ...configuration } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: 'fn' }),
    )
    return configuration
  }
  return {
    lambda,
    create,
    look,
    /** A role that this service may take on. The one of the function is `runs`, and Lambda's. */
    role: (RoleName = 'runs', Service = 'lambda.amazonaws.com') =>
      new IAMClient(asOwner(cloud)).send(
        new CreateRoleCommand({
          RoleName,
          AssumeRolePolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
          }),
        }),
      ),
    /** Makes it with so many versions. */
    withVersions: async (count: number) => {
      await create()
      for (let i = 1; i <= count; i++) {
        await look()
        await lambda.send(
          new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: zip(`exports.handler = async () => ${i}`) }),
        )
        await look()
        await lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }))
      }
    },
    alias: (more: Partial<CreateAliasCommandInput> = {}) =>
      lambda.send(new CreateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion: '1', ...more })),
  }
}
