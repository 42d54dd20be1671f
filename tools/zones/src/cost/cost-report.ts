import type { DeployedStage } from '@sax/infra/account-facts'
import type { RoutingMode } from '@sax/topology'
import type { Assumed, AssumptionName } from './assumptions.ts'
import type { CostEstimate } from './estimate.ts'

/** An estimate with everything it rests on. */
export interface CostReport extends CostEstimate {
  readonly stage: DeployedStage
  readonly routing: RoutingMode
  readonly assumed: Assumed
  readonly changed: ReadonlySet<AssumptionName>
  /** Types in the templates that nobody has priced. */
  readonly unknownTypes: readonly string[]
  /** US dollars a month, from the facts. Undefined: there are none yet. */
  readonly budgetUsd: number | undefined
  /** Day that prices were read, `YYYY-MM-DD`. */
  readonly pricesReadOn: string
  /** They were read more than a year ago. */
  readonly pricesAreOld: boolean
  /** What the reader has to know beside the numbers. */
  readonly notes: readonly string[]
}

/** What is never part of an estimate. */
export const notIncluded = [
  'the carrier (Twilio): each text message, the sender numbers, campaign registration',
  'Auth0',
  'hosted zones of Route 53 (0.50 USD a month each), which belong to no stage',
  'what AWS gives for free each month, support plans and taxes',
]
