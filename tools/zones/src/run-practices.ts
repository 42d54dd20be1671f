import { readFileSync, statSync } from 'node:fs'
import type { DeployedStage } from '@sax/infra/account-facts'
import { stages } from '@sax/topology'
import { createIdentity } from './aws/identity.ts'
import { createInvoker, invokeFunction } from './aws/invoke.ts'
import { practicesNumbers } from './commands/practices-numbers.ts'
import { practicesSet } from './commands/practices-set.ts'
import { practicesShow } from './commands/practices-show.ts'
import type { Env } from './env.ts'
import { readFacts } from './infra/facts-file.ts'
import type { ChangeOutcome, Outcome } from './outcome.ts'
import { settingsFunction } from './practices/settings-function.ts'
import { personAt } from './secrets/person.ts'

export interface PracticesSetOptions {
  readonly from: string
  readonly dryRun?: boolean
  readonly yes?: boolean
  readonly json?: boolean
}

/** `zones practices` on this machine: a real terminal, AWS or what AWS_ENDPOINT_URL names. */
export function runPracticesSet(
  stage: string,
  { from, dryRun = false, yes = false, json = false }: PracticesSetOptions,
  env: Env,
): Promise<ChangeOutcome> {
  return practicesSet(
    { stage, from, dryRun, yes, json },
    {
      ...portsOf(env),
      readFile: (path) =>
        statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : undefined,
      person: personAt(process.stdin, process.stderr),
    },
  )
}

export function runPracticesShow(stage: string, { tenant }: { readonly tenant: string }, env: Env): Promise<Outcome> {
  return practicesShow({ stage, tenant }, portsOf(env))
}

export function runPracticesNumbers(
  stage: string,
  { json = false }: { readonly json?: boolean },
  env: Env,
): Promise<Outcome> {
  return practicesNumbers({ stage, json }, portsOf(env))
}

function portsOf(env: Env) {
  // Every stage is in one region.
  const settings = { region: stages.production.region, endpoint: env.awsEndpoint, maxAttempts: env.awsMaxAttempts }
  const invoker = createInvoker(settings)
  return {
    facts: (stage: DeployedStage) => readFacts(env.accountsRoot, stage),
    identity: createIdentity(settings),
    settingsOf: (stage: DeployedStage) => settingsFunction(stage, (invocation) => invokeFunction(invoker, invocation)),
  }
}
