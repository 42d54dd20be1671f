import { type AccountFacts, type DeployedStage, isDeployedStage } from '@sax/infra/account-facts'
import { stageNames } from '@sax/topology'
import type { Identity } from '../aws/identity.ts'
import { type FactsFile, factsRefusal } from '../infra/facts-file.ts'

export interface StagePorts {
  readonly facts: (stage: DeployedStage) => FactsFile
  readonly identity: Identity
}

export type StageAtHand =
  | { readonly kind: 'ok'; readonly stage: DeployedStage; readonly facts: AccountFacts }
  /** There is no such stage. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** There is, and this is not the time or the place. */
  | { readonly kind: 'refused'; readonly reason: string }

/** The stage of that name, once it is certain that the credentials at hand are those of its account. @throws AwsFailure */
export async function stageAtHand(name: string, { facts, identity }: StagePorts): Promise<StageAtHand> {
  if (!isDeployedStage(name)) {
    const there = stageNames.filter(isDeployedStage).join(', ')
    return { kind: 'unknown', reason: `No stage of that name lives in an account; there are ${there}.` }
  }
  const file = facts(name)
  if (file.kind !== 'facts') return { kind: 'refused', reason: factsRefusal(name, file) }
  const accountId = await identity.accountId()
  if (accountId !== file.facts.accountId) {
    const reason = `These credentials belong to account ${accountId}, and ${name} lives in ${file.facts.accountId}. Choose others (AWS_PROFILE) and run the same command again.`
    return { kind: 'refused', reason }
  }
  return { kind: 'ok', stage: name, facts: file.facts }
}
