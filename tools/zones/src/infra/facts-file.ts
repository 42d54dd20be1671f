import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type AccountFacts, AccountFactsError, type DeployedStage, parseAccountFacts } from '@sax/infra/account-facts'

/** What is known of a stage's account. `shown` is the file's path within the repository. */
export type FactsFile =
  | { readonly kind: 'facts'; readonly facts: AccountFacts; readonly shown: string }
  | { readonly kind: 'none'; readonly shown: string }
  | { readonly kind: 'wrong'; readonly why: string; readonly shown: string }

/** Where the facts of a stage lie, within the repository. They hold no secret and are committed. */
export const factsPath = (stage: DeployedStage) => `packages/topology/accounts/${stage}.json`

export function readFacts(root: string, stage: DeployedStage): FactsFile {
  const shown = factsPath(stage)
  if (!existsSync(join(root, shown))) return { kind: 'none', shown }
  try {
    return { kind: 'facts', facts: parseAccountFacts(readFileSync(join(root, shown), 'utf8')), shown }
  } catch (error) {
    if (error instanceof AccountFactsError) return { kind: 'wrong', why: error.message, shown }
    throw error
  }
}

/** Path of the file that was written. */
export function writeFacts(root: string, stage: DeployedStage, facts: AccountFacts): string {
  const shown = factsPath(stage)
  mkdirSync(dirname(join(root, shown)), { recursive: true })
  writeFileSync(join(root, shown), `${JSON.stringify(facts, null, 2)}\n`)
  return shown
}

/** One sentence and the next step, for a stage whose facts cannot be used. */
export function factsRefusal(stage: DeployedStage, file: Exclude<FactsFile, { kind: 'facts' }>): string {
  return file.kind === 'none'
    ? `There are no facts for ${stage} yet (${file.shown}). Give them: npx zones infra init ${stage}`
    : `The facts of ${stage} cannot be used: ${file.why}. Correct ${file.shown}, or ask for them again: npx zones infra init ${stage}`
}
