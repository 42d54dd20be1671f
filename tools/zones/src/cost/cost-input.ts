import type { FunctionKind } from '@sax/infra/functions'
import type { Assumed } from './assumptions.ts'
import type { StageResources } from './stage-resources.ts'
import type { Traffic } from './traffic.ts'

/** What lines are made from: what templates have, what people do, and how big things are. */
export interface CostInput {
  readonly resources: StageResources
  readonly traffic: Traffic
  readonly assumed: Assumed
  /** What a function is for. Undefined: it is none of the site's. */
  readonly kindOf: (functionName: string) => FunctionKind | undefined
}
