import { readFileSync } from 'node:fs'
import { type AccountFacts, type DeployedStage, parseAccountFacts } from './account-facts.ts'

/** Invented facts of a stage, in the shape that a person's own have: for tests, and for whoever has no account yet. */
export function exampleFacts(stage: DeployedStage): AccountFacts {
  return parseAccountFacts(readFileSync(new URL(`../examples/${stage}.json`, import.meta.url), 'utf8'))
}
