import { functionsOfStage } from '@sax/infra/functions'
import { secretId, secretNames, secrets } from '@sax/infra/secrets'
import { LIVE_ALIAS } from '@sax/topology'
import { AwsFailure } from '../aws/aws-failure.ts'
import { type StagePorts, stageAtHand } from '../infra/stage-at-hand.ts'
import type { Outcome } from '../outcome.ts'
import type { Palette } from '../report/table.ts'
import { agreement } from '../secrets/agreement.ts'
import { idsNamed, type SeenFunction } from '../secrets/agreement-facts.ts'
import { agreementJson, agreementText } from '../secrets/agreement-text.ts'
import type { Fingerprint } from '../secrets/fingerprint.ts'
import type { FunctionEnvironments } from '../secrets/function-environments.ts'
import type { SecretState, SecretStore } from '../secrets/secret-store.ts'

export interface SecretsCheckArguments {
  readonly stage: string
  readonly json: boolean
}

export interface SecretsCheckPorts extends StagePorts {
  readonly store: SecretStore
  readonly environments: FunctionEnvironments
  readonly fingerprint: Fingerprint
  readonly palette: Palette
}

/** Proves that all that read a secret of a stage read the same one. Looks only, and shows no value. */
export async function secretsCheck(
  { stage: name, json }: SecretsCheckArguments,
  ports: SecretsCheckPorts,
): Promise<Outcome> {
  try {
    const at = await stageAtHand(name, ports)
    if (at.kind === 'unknown') return { kind: 'bad-input', reason: at.reason }
    if (at.kind === 'elsewhere') return { kind: 'failed', text: '', reason: at.reason }
    const { stage } = at
    const functions: SeenFunction[] = []
    for (const fn of functionsOfStage(stage)) {
      functions.push({ fn, versions: await ports.environments.behind(fn.functionName, LIVE_ALIAS) })
    }
    const states = new Map<string, SecretState>()
    const variables = secretNames.map((secret) => secrets[secret].variable)
    const ids = secretNames.map((secret) => secretId(stage, secret))
    for (const id of new Set([...ids, ...idsNamed(functions, variables)])) {
      const state = await ports.store.state(id)
      if (state !== undefined) states.set(id, state)
    }
    const report = agreement({ stage, functions, states }, ports.fingerprint)
    const text = json ? agreementJson(report) : agreementText(report, ports.palette)
    if (report.agrees) return { kind: 'done', text }
    return { kind: 'failed', text, reason: `The applications of ${stage} do not agree on their secrets.` }
  } catch (error) {
    if (error instanceof AwsFailure) return { kind: 'failed', text: '', reason: `${error.message} ${error.next}` }
    throw error
  }
}
