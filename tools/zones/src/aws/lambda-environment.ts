import { GetAliasCommand, GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type { FunctionEnvironments } from '../secrets/function-environments.ts'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

/** Environments of the versions that Lambda sends traffic to. Read only. */
export function createFunctionEnvironments(settings: AwsSettings): FunctionEnvironments {
  const client = failingPlainly('lambda', new LambdaClient(clientOptions(settings)))

  const versionsBehind = async (FunctionName: string, Name: string) => {
    const { FunctionVersion, RoutingConfig } = await client.send(new GetAliasCommand({ FunctionName, Name }))
    const weighted = Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})
    return [...(FunctionVersion === undefined ? [] : [FunctionVersion]), ...weighted]
  }

  return {
    async behind(functionName, alias) {
      try {
        const versions = await versionsBehind(functionName, alias)
        return await Promise.all(
          versions.map(async (version) => {
            const asked = new GetFunctionConfigurationCommand({ FunctionName: functionName, Qualifier: version })
            return { version, variables: (await client.send(asked)).Environment?.Variables ?? {} }
          }),
        )
      } catch (error) {
        if (isRefusedAs(error, 'ResourceNotFoundException')) return undefined
        throw error
      }
    },
  }
}
