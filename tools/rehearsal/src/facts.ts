import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AccountFacts, type DeployedStage, parseAccountFacts } from '@sax/infra/account-facts'
import { repositoryRoot } from '@sax/local/settings'
import type { RoutingMode } from '@sax/topology'

/** The invented facts of a stage, for an account in which nobody has made anything yet. */
export function factsOfEmptyAccount(stage: DeployedStage): AccountFacts {
  const facts = parseAccountFacts(readFileSync(join(repositoryRoot, 'infra', 'examples', `${stage}.json`), 'utf8'))
  const { github } = facts
  return github === undefined ? facts : { ...facts, github: { ...github, provider: 'create' } }
}

/** Undefined: the facts as they are. */
export function withRouting(facts: AccountFacts, routing: RoutingMode | undefined): AccountFacts {
  return routing === undefined ? facts : { ...facts, routing }
}
