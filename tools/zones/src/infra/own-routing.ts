import { AccountFactsError, isDeployedStage, routingOf } from '@sax/infra/account-facts'
import { type RoutingMode, type Stage, stages } from '@sax/topology'
import { factsRefusal, readFacts } from './facts-file.ts'

/**
 * The routing that a stage is to have: what its facts below `root` say, else what the topology does.
 * @throws AccountFactsError when there are facts that cannot be used; its message says what to do
 */
export function ownRouting(root: string, stage: Stage): RoutingMode {
  if (!isDeployedStage(stage)) return stages[stage].routing
  const file = readFacts(root, stage)
  if (file.kind === 'wrong') throw new AccountFactsError('malformed', factsRefusal(stage, file))
  return routingOf(stage, file.kind === 'facts' ? file.facts : {})
}
