import { type AccountFacts, type DeployedStage, isDeployedStage, routingOf } from '@sax/infra/account-facts'
import type { RoutingMode } from '@sax/topology'
import type { Colors } from 'picocolors/types'
import { AwsFailure } from '../aws/aws-failure.ts'
import { type ApplyProgress, asStep } from '../infra/apply-progress.ts'
import type { Baseline, StackPart } from '../infra/baseline.ts'
import type { Cloud } from '../infra/cloud.ts'
import { type FactsFile, factsRefusal } from '../infra/facts-file.ts'
import { Interrupted } from '../infra/interrupted.ts'
import { planStack } from '../infra/plan-stack.ts'
import type { Pace } from '../infra/prepare-change-set.ts'
import type { StackTemplate } from '../infra/stack-template.ts'
import { noSuchStage } from '../infra/stage-at-hand.ts'
import { survey } from '../infra/survey.ts'
import type { Outcome } from '../outcome.ts'
import type { StackPlan } from '../plan/stack-plan.ts'
import { planFromTemplates } from '../plan/template-plan.ts'
import { planJson } from '../report/plan-json.ts'
import { planTable } from '../report/plan-table.ts'

export interface InfraPlanArguments {
  readonly stage: string
  /** Ask CloudFormation instead of comparing with the baseline. */
  readonly online: boolean
  /** Default: the stage's own. */
  readonly routing?: string | undefined
  readonly json: boolean
}

export interface InfraPlanPorts {
  readonly facts: (stage: DeployedStage) => FactsFile
  /** Facts of the invented account that the shipped baselines are of. */
  readonly exampleFacts: (stage: DeployedStage) => AccountFacts
  readonly templates: (stage: DeployedStage, facts: AccountFacts, routing: RoutingMode) => readonly StackTemplate[]
  readonly baseline: (stage: DeployedStage, part: StackPart) => Baseline | undefined
  /** Only for a plan that asks. */
  readonly cloud: () => Cloud
  readonly pace: Pace
  readonly progress: ApplyProgress
  readonly shellRegion: string | undefined
  readonly palette: Colors
}

/** What applying a stage would add, take over, change, replace and remove, and whether it may. Changes no stack. */
export async function infraPlan(arguments_: InfraPlanArguments, ports: InfraPlanPorts): Promise<Outcome> {
  const { stage, online, json } = arguments_
  if (!isDeployedStage(stage)) return badInput(noSuchStage)
  const file = ports.facts(stage)
  if (file.kind === 'wrong' || (file.kind === 'none' && online)) return badInput(factsRefusal(stage, file))
  const facts = file.kind === 'facts' ? file.facts : ports.exampleFacts(stage)
  const { routing = routingOf(stage, facts) } = arguments_
  if (routing !== 'host' && routing !== 'edge') return badInput('--routing is host or edge.')
  const said =
    file.kind === 'facts' ? [] : [`${factsRefusal(stage, file)} Planned for the example account ${facts.accountId}.`]
  const planned = online ? await asked(ports, stage, facts, routing) : compared(ports, stage, facts, routing)
  if ('kind' in planned) return planned
  const plans = planned.map((plan, i) => (i === 0 ? { ...plan, notes: [...said, ...plan.notes] } : plan))
  const text = json ? planJson(stage, plans) : planTable(plans, ports.palette)
  return plans.some(({ verdict }) => verdict.kind === 'refused')
    ? { kind: 'failed', text, reason: 'Applying this would be refused.' }
    : { kind: 'done', text }
}

/** Told from the committed baselines, without asking anybody. */
function compared(
  { templates, baseline }: InfraPlanPorts,
  stage: DeployedStage,
  facts: AccountFacts,
  routing: RoutingMode,
): readonly StackPlan[] {
  return templates(stage, facts, routing).map(({ part, stackName, template }) => {
    const known = baseline(stage, part)
    if (known?.accountId === facts.accountId) return planFromTemplates(stackName, known.template, template)
    const plan = planFromTemplates(stackName, undefined, template)
    const why =
      known === undefined ? 'There is no baseline yet' : `The committed baseline is of account ${known.accountId}`
    return { ...plan, notes: [...plan.notes, `${why}: nothing of ${facts.accountId} is known, so all of it is new.`] }
  })
}

/** As CloudFormation plans it. The change sets are thrown away again; a stack that is new stays behind empty, in review. */
async function asked(
  ports: InfraPlanPorts,
  stage: DeployedStage,
  facts: AccountFacts,
  routing: RoutingMode,
): Promise<readonly StackPlan[] | Outcome> {
  const { pace, progress, shellRegion } = ports
  const cloud = ports.cloud()
  try {
    const wanted = ports.templates(stage, facts, routing)
    const surveyed = await survey(cloud, { stage, facts, wanted, shellRegion }, pace, progress)
    if (surveyed.kind === 'hindered') {
      const reasons = surveyed.obstacles.map(({ why, next }) => `${why}\n    ${next}`)
      return { kind: 'failed', text: '', reason: reasons.join('\n') }
    }
    const plans: StackPlan[] = []
    for (const stack of surveyed.stacks) {
      const { plan, changeSet } = await asStep(progress, `${stack.wanted.stackName}: working out the changes`, () =>
        planStack(cloud, pace, stage, stack),
      )
      plans.push(plan)
      if (changeSet !== undefined) await cloud.cloudFormation.deleteChangeSet(changeSet.stackName, changeSet.name)
    }
    return plans
  } catch (error) {
    if (error instanceof AwsFailure) return { kind: 'failed', text: '', reason: `${error.message} ${error.next}` }
    if (error instanceof Interrupted) return { kind: 'failed', text: '', reason: 'Interrupted. No stack was changed.' }
    throw error
  }
}

function badInput(reason: string): Outcome {
  return { kind: 'bad-input', reason }
}
