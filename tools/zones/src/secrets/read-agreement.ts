import type { DeployedStage } from '@sax/infra/account-facts'
import { functionsOfStage } from '@sax/infra/functions'
import { secretId, secretNames, secrets } from '@sax/infra/secrets'
import { LIVE_ALIAS } from '@sax/topology'
import { agreement } from './agreement.ts'
import { idsNamed, type SeenFunction } from './agreement-facts.ts'
import type { AgreementReport } from './agreement-report.ts'
import type { Fingerprint } from './fingerprint.ts'
import type { FunctionEnvironments } from './function-environments.ts'
import type { SecretState, SecretStore } from './secret-store.ts'

export interface AgreementPorts {
  readonly store: SecretStore
  readonly environments: FunctionEnvironments
  readonly fingerprint: Fingerprint
}

/** Reads what every function of a stage reads, and whether it is the same. @throws AwsFailure */
export async function readAgreement(
  stage: DeployedStage,
  { store, environments, fingerprint }: AgreementPorts,
): Promise<AgreementReport> {
  const functions: SeenFunction[] = []
  for (const fn of functionsOfStage(stage)) {
    functions.push({ fn, versions: await environments.behind(fn.functionName, LIVE_ALIAS) })
  }
  const states = new Map<string, SecretState>()
  const variables = secretNames.map((secret) => secrets[secret].variable)
  const ids = secretNames.map((secret) => secretId(stage, secret))
  for (const id of new Set([...ids, ...idsNamed(functions, variables)])) {
    const state = await store.state(id)
    if (state !== undefined) states.set(id, state)
  }
  return agreement({ stage, functions, states }, fingerprint)
}
