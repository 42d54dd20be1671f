import {
  GetFunctionConfigurationCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdated,
} from '@aws-sdk/client-lambda'
import type { DeployedStage } from '@sax/infra/account-facts'
import { functionName } from '@sax/topology'

const VARIABLE = 'USER_CONTEXT_SECRET_ID'
const MAX_WAIT_SEC = 30

/** Somebody changes, in the console, which secret the zone verifies tokens with. What it gives back undoes that. */
export async function misleadZone(lambda: LambdaClient, stage: DeployedStage): Promise<() => Promise<void>> {
  const name = functionName(stage, 'outreach-server')
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))
  const before = Environment?.Variables ?? {}
  const { [VARIABLE]: right } = before
  if (right === undefined) throw new TypeError(`${name} has no ${VARIABLE}`)
  const set = async (variables: Readonly<Record<string, string>>) => {
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: name, Environment: { Variables: { ...variables } } }),
    )
    await waitUntilFunctionUpdated({ client: lambda, maxWaitTime: MAX_WAIT_SEC }, { FunctionName: name })
  }
  await set({ ...before, [VARIABLE]: right.replace(/[^/]+$/, 'session') })
  return () => set(before)
}
