import { randomBytes } from 'node:crypto'
import type { DeployedStage } from '@sax/infra/account-facts'
import { stages } from '@sax/topology'
import type { Colors } from 'picocolors/types'
import { createIdentity } from './aws/identity.ts'
import { createFunctionEnvironments } from './aws/lambda-environment.ts'
import { createSecretStore } from './aws/secrets-manager.ts'
import { secretsCheck } from './commands/secrets-check.ts'
import { secretsRotate } from './commands/secrets-rotate.ts'
import { secretsSet } from './commands/secrets-set.ts'
import type { Env } from './env.ts'
import { readFacts } from './infra/facts-file.ts'
import type { ChangeOutcome, Outcome } from './outcome.ts'
import { fingerprintUnder } from './secrets/fingerprint.ts'
import { personAt } from './secrets/person.ts'

/** `zones secrets` on this machine: a real terminal, AWS or what AWS_ENDPOINT_URL names. */
export interface SecretsMachine {
  readonly env: Env
  readonly palette: Colors
}

export interface SetOptions {
  readonly stdin?: string
  readonly generate: readonly string[]
  readonly sameAs?: string
  readonly replace?: boolean
  readonly yes?: boolean
}

export interface RotateOptions {
  readonly status?: boolean
  readonly again?: boolean
  readonly stdin?: boolean
  readonly yes?: boolean
}

export function runSecretsSet(
  stage: string,
  names: readonly string[],
  { replace = false, yes = false, ...options }: SetOptions,
  machine: SecretsMachine,
): Promise<ChangeOutcome> {
  return secretsSet({ stage, names, replace, yes, ...options }, portsOf(machine))
}

export function runSecretsRotate(
  stage: string,
  name: string,
  { status = false, again = false, stdin = false, yes = false }: RotateOptions,
  machine: SecretsMachine,
): Promise<ChangeOutcome> {
  return secretsRotate({ stage, name, status, again, stdin, yes }, portsOf(machine))
}

export function runSecretsCheck(
  stage: string,
  { json = false }: { json?: boolean },
  machine: SecretsMachine,
): Promise<Outcome> {
  const environments = createFunctionEnvironments(settingsOf(machine))
  return secretsCheck({ stage, json }, { ...portsOf(machine), environments, palette: machine.palette })
}

function portsOf(machine: SecretsMachine) {
  const settings = settingsOf(machine)
  return {
    facts: (stage: DeployedStage) => readFacts(machine.env.accountsRoot, stage),
    identity: createIdentity(settings),
    store: createSecretStore(settings),
    person: personAt(process.stdin, process.stderr),
    randomBytes,
    fingerprint: fingerprintUnder(randomBytes(32)),
  }
}

// Every stage is in one region.
function settingsOf({ env }: SecretsMachine) {
  return { region: stages.production.region, endpoint: env.awsEndpoint, maxAttempts: env.awsMaxAttempts }
}
