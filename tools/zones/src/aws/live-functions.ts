import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

export interface LiveFunctions {
  /** Versions that an alias sends traffic to, the main one first. Undefined: there is no such alias. @throws AwsFailure */
  behind(functionName: string, alias: string): Promise<readonly string[] | undefined>
}

export function createLiveFunctions(settings: AwsSettings): LiveFunctions {
  const client = failingPlainly('lambda', new LambdaClient(clientOptions(settings)))
  return {
    async behind(FunctionName, Name) {
      try {
        const { FunctionVersion, RoutingConfig } = await client.send(new GetAliasCommand({ FunctionName, Name }))
        const weighted = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {})
        return [FunctionVersion ?? '', ...weighted.filter(([, weight]) => weight > 0).map(([version]) => version)]
      } catch (error) {
        if (isRefusedAs(error, 'ResourceNotFoundException')) return undefined
        throw error
      }
    },
  }
}
