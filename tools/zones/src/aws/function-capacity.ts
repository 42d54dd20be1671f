import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

export interface FunctionCapacity {
  /**
   * Executions at a time that no function has reserved yet. @throws AwsFailure
   * @source AWS Lambda API Reference, "GetAccountSettings"
   */
  unreserved(): Promise<number>
}

export function createFunctionCapacity(settings: AwsSettings): FunctionCapacity {
  const client = failingPlainly('lambda', new LambdaClient(clientOptions(settings)))
  return {
    async unreserved() {
      const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}))
      return AccountLimit?.UnreservedConcurrentExecutions ?? 0
    },
  }
}
