import type { DeployedStage } from '@sax/infra/account-facts'
import { type SecretName, secretId } from '@sax/infra/secrets'
import type { RotationFacts } from './rotation.ts'
import type { SecretState, SecretStore } from './secret-store.ts'
import { parseSecret } from './stored-secret.ts'

/** A secret whose next step can be decided. */
export interface Rotating extends RotationFacts {
  readonly kind: 'rotating'
  readonly state: SecretState
}

export type RotatingSecret = Rotating | { readonly kind: 'refused'; readonly reason: string }

/** The secret of that name with what its rotation is decided from. @throws AwsFailure */
export async function rotatingSecret(
  stage: DeployedStage,
  name: SecretName,
  store: SecretStore,
): Promise<RotatingSecret> {
  const id = secretId(stage, name)
  const state = await store.state(id)
  if (state === undefined) {
    return refused(`The infrastructure has not made ${id} yet. Make it with: npx zones infra apply ${stage}`)
  }
  const { current, nowMs } = state
  if (current === undefined)
    return refused(`${id} has no value yet. Give it one with: npx zones secrets set ${stage} ${name}`)
  const parsed = parseSecret(name, current.text)
  if (parsed.kind === 'refused') {
    return refused(
      `The value of ${id} ${parsed.why}. Replace it with: npx zones secrets set ${stage} ${name} --replace`,
    )
  }
  const before = await fieldsBefore(id, name, state, store)
  return { kind: 'rotating', state, fields: parsed.fields, before, createdAtMs: current.createdAtMs, nowMs }
}

async function fieldsBefore(id: string, name: SecretName, { previousId }: SecretState, store: SecretStore) {
  const text = previousId === undefined ? undefined : await store.textOf(id, previousId)
  const parsed = text === undefined ? undefined : parseSecret(name, text)
  return parsed?.kind === 'ok' ? parsed.fields : undefined
}

function refused(reason: string): RotatingSecret {
  return { kind: 'refused', reason }
}
