import { type AccountFacts, type DeployedStage, isDeployedStage, routingOf } from '@sax/infra/account-facts'
import { functionsOfStage } from '@sax/infra/functions'
import type { RoutingMode } from '@sax/topology'
import { assumedFor } from '../cost/assumptions.ts'
import { costJson } from '../cost/cost-json.ts'
import type { CostReport } from '../cost/cost-report.ts'
import { costText } from '../cost/cost-text.ts'
import { estimate } from '../cost/estimate.ts'
import { pricesReadOn } from '../cost/price-list.ts'
import { costOfType } from '../cost/resource-types.ts'
import { type CountedTemplate, StageResources } from '../cost/stage-resources.ts'
import { trafficOf } from '../cost/traffic.ts'
import { type FactsFile, factsRefusal } from '../infra/facts-file.ts'
import { noSuchStage } from '../infra/stage-at-hand.ts'
import type { Outcome } from '../outcome.ts'
import type { Palette } from '../report/table.ts'

export interface InfraCostArguments {
  readonly stage: string
  /** Default: the stage's own. */
  readonly routing?: string | undefined
  /** `name=value`, each in place of what is assumed. */
  readonly assume: readonly string[]
  readonly json: boolean
}

export interface InfraCostPorts {
  readonly facts: (stage: DeployedStage) => FactsFile
  /** Facts of an invented account, for a stage that has none yet. */
  readonly exampleFacts: (stage: DeployedStage) => AccountFacts
  readonly templates: (stage: DeployedStage, facts: AccountFacts, routing: RoutingMode) => readonly CountedTemplate[]
  /** The present, milliseconds since the epoch. */
  readonly nowMs: () => number
  readonly palette: Palette
}

const YEAR_MS = 365 * 86_400_000

/** What a stage costs a month: counted where templates say it, assumed where only people can. Asks nobody. */
export function infraCost(arguments_: InfraCostArguments, ports: InfraCostPorts): Outcome {
  const { stage, json, assume } = arguments_
  if (!isDeployedStage(stage)) {
    return badInput(noSuchStage)
  }
  const parsed = assumedFor(stage, assume)
  if (parsed.kind === 'refused') return badInput(parsed.why)
  const file = ports.facts(stage)
  if (file.kind === 'wrong') return badInput(factsRefusal(stage, file))
  const facts = file.kind === 'facts' ? file.facts : ports.exampleFacts(stage)
  const { routing = routingOf(stage, facts) } = arguments_
  if (routing !== 'host' && routing !== 'edge') return badInput('--routing is host or edge.')

  const resources = new StageResources(ports.templates(stage, facts, routing))
  const functions = functionsOfStage(stage)
  const { assumed, changed } = parsed
  const readOn = pricesReadOn()
  const report: CostReport = {
    ...estimate({
      resources,
      traffic: trafficOf(assumed, routing),
      assumed,
      kindOf: (name) => functions.find(({ functionName }) => functionName === name)?.kind,
    }),
    stage,
    routing,
    assumed,
    changed,
    unknownTypes: resources.types.filter((type) => costOfType(type).kind === 'unknown'),
    budgetUsd: file.kind === 'facts' ? facts.monthlyBudgetUsd : undefined,
    pricesReadOn: readOn,
    pricesAreOld: ports.nowMs() - Date.parse(readOn) > YEAR_MS,
    notes: notesOf(file, facts),
  }
  return { kind: 'done', text: json ? costJson(report) : costText(report, ports.palette) }
}

function notesOf(file: FactsFile, { database }: AccountFacts): readonly string[] {
  return [
    ...(file.kind === 'facts'
      ? []
      : ['The stage has no facts yet, so that this is what it would cost in an invented account.']),
    ...(database === undefined ? [] : ['The database and its network are there already and are not counted.']),
  ]
}

function badInput(reason: string): Outcome {
  return { kind: 'bad-input', reason }
}
