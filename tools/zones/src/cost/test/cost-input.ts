import type { FunctionKind } from '@sax/infra/functions'
import { type Assumed, assumedFor } from '../assumptions.ts'
import type { CostInput } from '../cost-input.ts'
import type { CostGroup } from '../cost-line.ts'
import { estimate } from '../estimate.ts'
import { StageResources } from '../stage-resources.ts'
import type { Traffic } from '../traffic.ts'

type Properties = Readonly<Record<string, unknown>>

const still: Traffic = { hostPages: 0, zonePages: 0, files: 0, calls: 0, carried: 0, edgeRequests: 0, backendCalls: 0 }

/** A stage with these resources and nothing else, where nobody does anything and everything that is assumed is 0. */
export function costInput(
  resources: Readonly<Record<string, readonly Properties[]>>,
  {
    traffic = {},
    assumed = {},
    kind,
  }: { traffic?: Partial<Traffic>; assumed?: Partial<Assumed>; kind?: FunctionKind } = {},
): CostInput {
  const all = Object.entries(resources).flatMap(([Type, each]) => each.map((Properties) => ({ Type, Properties })))
  const parsed = assumedFor('develop', [])
  if (parsed.kind === 'refused') throw new Error(parsed.why)
  const nothing = Object.fromEntries(Object.keys(parsed.assumed).map((name) => [name, 0])) as unknown as Assumed
  return {
    resources: new StageResources([{ template: { Resources: Object.fromEntries(all.entries()) } }]),
    traffic: { ...still, ...traffic },
    assumed: { ...nothing, messagesABatch: 1, ...assumed },
    kindOf: () => kind,
  }
}

/** What each line of a group costs, by its name. */
export function costsOf(group: CostGroup, input: CostInput): Readonly<Record<string, number>> {
  const found = estimate(input).groups.find((one) => one.group === group)
  return Object.fromEntries((found?.lines ?? []).map(({ what, usd }) => [what, usd]))
}
