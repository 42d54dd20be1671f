import { type AccountFacts, type DeployedStage, isDeployedStage } from '@sax/infra/account-facts'
import { stageNames } from '@sax/topology'
import type { Identity } from '../aws/identity.ts'
import { type FactsFile, factsRefusal } from './facts-file.ts'
import { wrongAccount } from './preflight/account.ts'

export interface StagePorts {
  readonly facts: (stage: DeployedStage) => FactsFile
  readonly identity: Identity
}

/** What is known of a stage, or why nothing can be done with it. */
export type StageKnown =
  | { readonly kind: 'known'; readonly stage: DeployedStage; readonly facts: AccountFacts }
  /** There is no such stage, or nobody has said yet where it lives. */
  | { readonly kind: 'unknown'; readonly reason: string }

export type StageAtHand =
  | StageKnown
  /** There is, and these are the credentials of another account. */
  | { readonly kind: 'elsewhere'; readonly reason: string }

/** Does not repeat what was given: now and then that is a secret in the wrong place. */
export const noSuchStage = `No stage of that name lives in an account; there are ${stageNames.filter(isDeployedStage).join(', ')}.`

/** The stage of that name with its facts. Asks nobody. */
export function stageKnown(name: string, facts: StagePorts['facts']): StageKnown {
  if (!isDeployedStage(name)) return { kind: 'unknown', reason: noSuchStage }
  const file = facts(name)
  return file.kind === 'facts'
    ? { kind: 'known', stage: name, facts: file.facts }
    : { kind: 'unknown', reason: factsRefusal(name, file) }
}

/** The same, once it is certain that the credentials at hand are those of its account. @throws AwsFailure */
export async function stageAtHand(name: string, { facts, identity }: StagePorts): Promise<StageAtHand> {
  const known = stageKnown(name, facts)
  if (known.kind === 'unknown') return known
  const [foreign] = await wrongAccount({ identity }, known)
  return foreign === undefined ? known : { kind: 'elsewhere', reason: `${foreign.why} ${foreign.next}` }
}
