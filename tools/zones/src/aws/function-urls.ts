import { GetFunctionUrlConfigCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

export interface FunctionUrls {
  /** Address under which a function's alias answers, without a trailing slash. Undefined: it has none. @throws AwsFailure */
  of(functionName: string, alias: string): Promise<string | undefined>
}

export function createFunctionUrls(settings: AwsSettings): FunctionUrls {
  const client = failingPlainly('lambda', new LambdaClient(clientOptions(settings)))
  return {
    async of(FunctionName, Qualifier) {
      try {
        const { FunctionUrl } = await client.send(new GetFunctionUrlConfigCommand({ FunctionName, Qualifier }))
        return FunctionUrl?.replace(/\/$/, '')
      } catch (error) {
        if (isRefusedAs(error, 'ResourceNotFoundException')) return undefined
        throw error
      }
    },
  }
}
