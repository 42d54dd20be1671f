import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import { runZones } from './zones-command.ts'

export interface StageApplication {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  /** For the commands: where programs are, where the cloud is, where facts and baselines lie. */
  readonly env: Readonly<Record<string, string>>
  /** Emptied first: the cloud is empty too. */
  readonly accountsRoot: string
  readonly clientSecret: string
  readonly carrierToken: string
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

/**
 * Makes a stage in an empty cloud by the commands that make the real one: facts, infrastructure, secrets.
 * @throws ZonesCommandError in the command's own words
 */
export async function applyStage(application: StageApplication): Promise<void> {
  const { stage, facts, env, accountsRoot, clientSecret, carrierToken, say, signal } = application
  rmSync(accountsRoot, { recursive: true, force: true })
  mkdirSync(accountsRoot, { recursive: true })
  const from = join(accountsRoot, 'facts.json')
  writeFileSync(from, JSON.stringify(facts))
  const zones = (...given: readonly string[]) => runZones({ arguments: given, env, say, signal })
  const piped = (input: string, ...given: readonly string[]) => runZones({ arguments: given, env, input, say, signal })
  await zones('infra', 'init', stage, '--from', from)
  await zones('infra', 'apply', stage, '--yes')
  const making = ['--generate', 'session', '--generate', 'user-context']
  await piped(clientSecret, 'secrets', 'set', stage, '--stdin', 'auth0', ...making, '--yes')
  await piped(carrierToken, 'secrets', 'set', stage, '--stdin', 'twilio', '--yes')
}
