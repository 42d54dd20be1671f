import type { StackStatus } from '@aws-sdk/client-cloudformation'
import { type AccountFacts, type DeployedStage, routingOf } from '@sax/infra/account-facts'
import type { Colors } from 'picocolors/types'
import { AwsFailure } from '../aws/aws-failure.ts'
import type { ApplyProgress } from '../infra/apply-progress.ts'
import { asStep } from '../infra/apply-progress.ts'
import type { Baseline, StackPart } from '../infra/baseline.ts'
import { carryOut } from '../infra/carry-out.ts'
import type { Cloud } from '../infra/cloud.ts'
import type { FactsFile } from '../infra/facts-file.ts'
import type { Obstacle } from '../infra/find-existing.ts'
import { Interrupted } from '../infra/interrupted.ts'
import { isOvertaken } from '../infra/overtaken.ts'
import { type PlannedStack, planStack } from '../infra/plan-stack.ts'
import type { Pace } from '../infra/prepare-change-set.ts'
import type { StackTemplate } from '../infra/stack-template.ts'
import { stageKnown } from '../infra/stage-at-hand.ts'
import { survey } from '../infra/survey.ts'
import type { ChangeOutcome } from '../outcome.ts'
import { STACK_POLICY } from '../plan/stack-policy.ts'
import { endedWell } from '../plan/stack-standing.ts'
import { looseResources } from '../plan/template-plan.ts'
import { planTable } from '../report/plan-table.ts'

export interface InfraApplyArguments {
  readonly stage: string
  /** Do not ask. */
  readonly yes: boolean
}

export interface InfraApplyPorts {
  readonly facts: (stage: DeployedStage) => FactsFile
  /** The stage's stacks as they are wanted, in the order they are applied. */
  readonly templates: (stage: DeployedStage, facts: AccountFacts) => readonly StackTemplate[]
  readonly cloud: Cloud
  readonly pace: Pace
  readonly progress: ApplyProgress
  /** Region the shell is set to. */
  readonly shellRegion: string | undefined
  /** Shows the plan and asks. Undefined: there is nobody to ask. */
  readonly confirm: ((plan: string, question: string) => Promise<boolean>) | undefined
  /** Writes down what was applied; answers the path. */
  readonly writeBaseline: (stage: DeployedStage, part: StackPart, baseline: Baseline) => string
  readonly palette: Colors
}

/** Brings a stage's infrastructure to what the topology says: creates it the first time, and from then on only updates it. */
export async function infraApply(
  { stage: name, yes }: InfraApplyArguments,
  ports: InfraApplyPorts,
): Promise<ChangeOutcome> {
  const known = stageKnown(name, ports.facts)
  if (known.kind === 'unknown') return refused(known.reason)
  if (!yes && ports.confirm === undefined)
    return refused('There is nobody to ask here. Look at the plan, then run it with --yes.')
  const run: Run = { stage: known.stage, facts: known.facts, ports, begun: [] }
  try {
    return await apply(run, yes)
  } catch (error) {
    return broken(run, error)
  }
}

interface Run {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  readonly ports: InfraApplyPorts
  /** Stacks whose change was begun. */
  readonly begun: string[]
}

async function apply(run: Run, yes: boolean): Promise<ChangeOutcome> {
  const { stage, facts, ports } = run
  const { cloud, pace, progress, palette } = ports
  const wanted = await asStep(progress, 'Making the templates', async () => ports.templates(stage, facts))
  const loose = wanted.flatMap(({ template }) => looseResources(template))
  if (loose.length > 0)
    return refused(
      `The templates do not retain ${loose.map(({ logicalId }) => logicalId).join(', ')}. Mend infra/ first.`,
    )
  const surveyed = await survey(cloud, { stage, facts, wanted, shellRegion: ports.shellRegion }, pace, progress)
  if (surveyed.kind === 'hindered') return refused(listed(surveyed.obstacles))
  const planned: PlannedStack[] = []
  for (const stack of surveyed.stacks) {
    planned.push(
      await asStep(progress, `${stack.wanted.stackName}: working out the changes`, () =>
        planStack(cloud, pace, stage, stack),
      ),
    )
  }
  const plans = planned.map(({ plan }) => plan)
  const text = planTable(plans, palette)
  const due = planned.filter(({ plan }) => plan.verdict.kind === 'accepted')
  if (plans.some(({ verdict }) => verdict.kind === 'refused')) {
    await discard(run, planned)
    return {
      kind: 'refused',
      text,
      reason: 'Nothing was changed. Keep what exists and put the new beside it, then run this again.',
    }
  }
  if (due.length > 0 && !yes) {
    const isWanted = await ports.confirm?.(text, `Apply this to ${stage} (account ${facts.accountId})?`)
    if (isWanted !== true) {
      await discard(run, planned)
      return { kind: 'declined', text: '', reason: 'Nothing was changed.' }
    }
  }
  await discard(
    run,
    planned.filter((one) => !due.includes(one)),
  )
  for (const one of due) {
    const { stackName } = one.surveyed.wanted
    pace.goOn()
    run.begun.push(stackName)
    const result = await carryOut(cloud, pace, progress, stage, one)
    if (result.kind === 'refused') {
      return stopped(
        `${planTable([result.plan], palette)}`,
        `${stackName} took over what exists; the rest of its change is refused, for the reasons above.`,
      )
    }
    if (result.kind === 'failed') {
      return stopped(
        '',
        `${stackName} stopped half-way. ${listed(result.obstacles)}\nWhat was made stays. Then continue: npx zones infra apply ${stage}`,
      )
    }
  }
  return finish(
    run,
    surveyed.stacks.map((stack) => stack.wanted),
    yes ? text : '',
  )
}

/** Protects the stacks, sees that all is as it should be, and writes down what was applied. */
async function finish(run: Run, wanted: readonly StackTemplate[], text: string): Promise<ChangeOutcome> {
  const { stage, facts, ports } = run
  const { cloudFormation } = ports.cloud
  const lines: string[] = []
  for (const { stackName, part, template } of wanted) {
    const wrong = await asStep(ports.progress, `${stackName}: protecting it`, async () => {
      if ((await cloudFormation.policy(stackName)) !== STACK_POLICY)
        await cloudFormation.setPolicy(stackName, STACK_POLICY)
      if ((await cloudFormation.stack(stackName))?.isProtected !== true) await cloudFormation.protect(stackName)
      const state = await cloudFormation.stack(stackName)
      const isKept = state?.isProtected === true && (await cloudFormation.policy(stackName)) === STACK_POLICY
      if (state === undefined || !isWhole(state.status)) return `${stackName} is ${state?.status ?? 'not there'}`
      lines.push(...Object.entries(state.outputs).map(([name, value]) => `  ${name}: ${value}`))
      return isKept ? undefined : `${stackName} did not take its protection`
    })
    if (wrong !== undefined) return stopped(text, `${wrong}. Run this again: npx zones infra apply ${stage}`)
    // Both modes share one stack; the stage's own is the one that is applied.
    const routing = routingOf(stage, facts)
    const path = ports.writeBaseline(stage, part, { accountId: facts.accountId, routing, template })
    lines.push(`  written down: ${path}`)
  }
  const next = `Commit the baselines. Then: npx zones secrets set ${stage}, npx zones infra status ${stage}`
  return { kind: 'done', text: [...(text === '' ? [] : [text, '']), ...lines, next].join('\n') }
}

/** Ended well, now or the time before the last: what was rolled back completely is as it was. */
function isWhole(status: StackStatus): boolean {
  return endedWell(status) || /^(UPDATE|IMPORT)_ROLLBACK_COMPLETE$/.test(status)
}

/** Change sets that nobody will execute. */
async function discard(run: Run, planned: readonly PlannedStack[]): Promise<void> {
  for (const { changeSet } of planned) {
    if (changeSet !== undefined)
      await run.ports.cloud.cloudFormation.deleteChangeSet(changeSet.stackName, changeSet.name)
  }
}

function broken({ stage, begun }: Run, error: unknown): ChangeOutcome {
  const again = `npx zones infra apply ${stage}`
  const isBegun = begun.length > 0
  if (error instanceof Interrupted) {
    return isBegun
      ? stopped(
          '',
          `Interrupted. CloudFormation goes on with ${begun.at(-1)} by itself; see how it ends and continue: ${again}`,
        )
      : refused('Interrupted. No stack was changed.')
  }
  if (isOvertaken(error)) {
    const reason = `Somebody else is changing ${stage} at this moment. Run this again: ${again} waits for them and looks at what is left.`
    return isBegun ? stopped('', reason) : refused(`${reason} No stack was changed by this run.`)
  }
  if (error instanceof AwsFailure) {
    return isBegun
      ? stopped(
          '',
          `${error.message} ${error.next} CloudFormation may still be at work on ${begun.at(-1)}; ${again} continues.`,
        )
      : refused(`${error.message} ${error.next} No stack was changed.`)
  }
  throw error
}

function listed(obstacles: readonly Obstacle[]): string {
  const lines = obstacles.map(({ why, next }) => [why, next].filter((part) => part !== '').join('\n    '))
  return lines.length === 1 ? (lines[0] ?? '') : lines.map((line, i) => `\n${i + 1}. ${line}`).join('')
}

function refused(reason: string): ChangeOutcome {
  return { kind: 'refused', text: '', reason }
}

function stopped(text: string, reason: string): ChangeOutcome {
  return { kind: 'stopped', text, reason }
}
