import type { DeployedStage } from '@sax/infra/account-facts'
import { type SecretName, secretId, secretNames } from '@sax/infra/secrets'
import type { SecretsAtHand } from './distinct-values.ts'
import type { SecretState, SecretStore } from './secret-store.ts'
import { parseSecret } from './stored-secret.ts'

/** Every secret of a stage as it is; a name that is missing has no secret yet. */
export type StageSecrets = ReadonlyMap<SecretName, SecretState>

/** Looks at every secret of a stage, one after the other. @throws AwsFailure */
export async function stageSecrets(stage: DeployedStage, store: SecretStore): Promise<StageSecrets> {
  const states = new Map<SecretName, SecretState>()
  for (const name of secretNames) {
    const state = await store.state(secretId(stage, name))
    if (state !== undefined) states.set(name, state)
  }
  return states
}

/** The fields of every secret that has a usable value. */
export function fieldsOf(secrets: StageSecrets): SecretsAtHand {
  return Object.fromEntries(
    [...secrets].flatMap(([name, { current }]) => {
      const parsed = current === undefined ? undefined : parseSecret(name, current.text)
      return parsed?.kind === 'ok' ? [[name, parsed.fields]] : []
    }),
  )
}
