import type { DeployedStage } from '@sax/infra/account-facts'
import type { SecretName } from '@sax/infra/secrets'
import { sharedValue } from './distinct-values.ts'
import { askedFields, generatedFields, pipedFields, type RandomBytes } from './given-values.ts'
import type { Person } from './person.ts'
import type { RotationStep } from './rotation.ts'
import { secretShapes } from './secret-shapes.ts'
import type { SecretStore } from './secret-store.ts'
import { fieldsOf, stageSecrets } from './stage-secrets.ts'
import type { SecretFields } from './stored-secret.ts'

export type Fresh =
  | { readonly kind: 'ok'; readonly fields: SecretFields }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'left' }

export interface FreshPorts {
  readonly store: SecretStore
  readonly person: Person
  readonly randomBytes: RandomBytes
}

interface FreshRequest {
  readonly stage: DeployedStage
  readonly name: SecretName
  readonly step: RotationStep
  /** Piped in rather than typed, where a person has to give it. */
  readonly stdin: boolean
}

/** The new value that a step brings, if it brings one: made here, or given and judged. @throws AwsFailure */
export async function freshFields({ stage, name, step, stdin }: FreshRequest, ports: FreshPorts): Promise<Fresh> {
  if (step === 'promote' || step === 'retire') return { kind: 'ok', fields: {} }
  if (secretShapes[name].generated) return { kind: 'ok', fields: generatedFields(name, ports.randomBytes) }
  if (!stdin && !ports.person.present) {
    return { kind: 'refused', reason: `There is nobody to ask here. Pipe the new value of ${name} in with --stdin.` }
  }
  const given = stdin
    ? pipedFields(name, await ports.person.piped())
    : await askedFields(name, ports.person, ports.randomBytes)
  if (given.kind === 'left') return given
  if (given.kind === 'refused') return { kind: 'refused', reason: `The value of ${name} ${given.why}.` }
  const others = fieldsOf(await stageSecrets(stage, ports.store))
  const reason = sharedValue({ ...others, [name]: given.fields }, new Set([name]), false)
  return reason === undefined ? { kind: 'ok', fields: given.fields } : { kind: 'refused', reason }
}
