import type { DeployedStage } from '@sax/infra/account-facts'
import type { StageFunction } from '@sax/infra/functions'
import { type SecretName, secretId, secretNames } from '@sax/infra/secrets'
import type { SecretsAtHand } from './distinct-values.ts'
import type { VersionEnvironment } from './function-environments.ts'
import type { SecretState } from './secret-store.ts'
import { parseSecret, type SecretFields } from './stored-secret.ts'

/** A function with the environments that traffic reaches. Undefined: nothing is behind its alias. */
export interface SeenFunction {
  readonly fn: StageFunction
  readonly versions: readonly VersionEnvironment[] | undefined
}

/** Everything that agreement is judged from. It holds values; what is reported does not. */
export interface AgreementFacts {
  readonly stage: DeployedStage
  readonly functions: readonly SeenFunction[]
  /** By what functions call it: a name or an ARN. What is missing is not there. */
  readonly states: ReadonlyMap<string, SecretState>
}

/** Fields of the secret that somebody calls `id`, read as `name`'s. Undefined: it has no usable value. */
export function fieldsAt({ states }: AgreementFacts, id: string, name: SecretName): SecretFields | undefined {
  const text = states.get(id)?.current?.text
  const parsed = text === undefined ? undefined : parseSecret(name, text)
  return parsed?.kind === 'ok' ? parsed.fields : undefined
}

/** The fields of every secret of the stage that has a usable value. */
export function valuesAt(facts: AgreementFacts): SecretsAtHand {
  return Object.fromEntries(
    secretNames.flatMap((name) => {
      const fields = fieldsAt(facts, secretId(facts.stage, name), name)
      return fields === undefined ? [] : [[name, fields]]
    }),
  )
}

/** A name or an ARN of Secrets Manager, as far as its form goes. What has another form may be a value, and is not shown. */
export function isSecretId(text: string): boolean {
  return /^(sleepconnect\/[a-z]+\/[a-z0-9-]+|arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+)$/.test(
    text,
  )
}

/** Every id that a function gives where a secret's name is wanted. */
export function idsNamed(functions: readonly SeenFunction[], variables: readonly string[]): readonly string[] {
  const named = functions.flatMap(({ versions = [] }) =>
    versions.flatMap((version) => variables.flatMap((variable) => version.variables[variable] ?? [])),
  )
  return [...new Set(named.filter(isSecretId))]
}
