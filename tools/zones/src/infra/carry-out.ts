import type { DeployedStage } from '@sax/infra/account-facts'
import { importPlan } from '../plan/adoption.ts'
import { planFromChangeSet } from '../plan/change-set-plan.ts'
import { adviceFor } from '../plan/failure-advice.ts'
import { gate } from '../plan/gate.ts'
import type { StackPlan } from '../plan/stack-plan.ts'
import { endedWell } from '../plan/stack-standing.ts'
import { type ApplyProgress, asStep } from './apply-progress.ts'
import type { Cloud } from './cloud.ts'
import type { Obstacle } from './find-existing.ts'
import { followStack } from './follow-stack.ts'
import { isOvertaken } from './overtaken.ts'
import type { PlannedStack } from './plan-stack.ts'
import { type Pace, type PreparedChangeSet, prepareChangeSet } from './prepare-change-set.ts'
import { storeTemplate } from './store-template.ts'

/** How far it came with one stack. */
export type CarriedOut =
  | { readonly kind: 'complete' }
  /** CloudFormation stopped. What it made stays, and the same command continues from there. */
  | { readonly kind: 'failed'; readonly obstacles: readonly Obstacle[] }
  /** Taken over, and then the change that CloudFormation worked out may not be made. */
  | { readonly kind: 'refused'; readonly plan: StackPlan }

/** Carries out what was planned for a stack and was confirmed. @throws AwsFailure */
export async function carryOut(
  cloud: Cloud,
  pace: Pace,
  progress: ApplyProgress,
  stage: DeployedStage,
  planned: PlannedStack,
): Promise<CarriedOut> {
  const { wanted } = planned.surveyed
  const work = (changeSet: PreparedChangeSet, doing: string) => execute(cloud, pace, progress, changeSet, doing)
  if (planned.changeSet !== undefined) return work(planned.changeSet, 'changing')
  const taken = await takeOver(cloud, pace, progress, stage, planned)
  if (taken.kind !== 'complete') return taken
  pace.goOn()
  const changeSet = await asStep(progress, `${wanted.stackName}: working out the changes`, async () =>
    prepareChangeSet(cloud, pace, {
      stackName: wanted.stackName,
      type: 'UPDATE',
      templateUrl: await storeTemplate(cloud, { ...wanted, stage }),
      tags: wanted.tags,
    }),
  )
  const plan = planFromChangeSet(wanted.stackName, changeSet.pages, wanted.template)
  if (plan.verdict.kind === 'accepted') return work(changeSet, 'changing')
  await cloud.cloudFormation.deleteChangeSet(changeSet.stackName, changeSet.name)
  return plan.verdict.kind === 'nothing' ? { kind: 'complete' } : { kind: 'refused', plan }
}

/** Makes what exists part of the stack, as it is. */
async function takeOver(
  cloud: Cloud,
  pace: Pace,
  progress: ApplyProgress,
  stage: DeployedStage,
  { surveyed: { wanted, current, found } }: PlannedStack,
): Promise<CarriedOut> {
  const { template, resourcesToImport } = importPlan(current, wanted.template, found)
  const templateUrl = await storeTemplate(cloud, { ...wanted, stage, body: JSON.stringify(template) })
  const changeSet = await asStep(progress, `${wanted.stackName}: taking over ${found.length} resources`, () =>
    prepareChangeSet(cloud, pace, {
      stackName: wanted.stackName,
      type: 'IMPORT',
      templateUrl,
      tags: wanted.tags,
      resourcesToImport,
    }),
  )
  const verdict = gate(changeSet.pages)
  const changes = changeSet.pages.flatMap(({ Changes = [] }) => Changes)
  if (verdict.kind === 'accepted' && changes.every(({ ResourceChange }) => ResourceChange?.Action === 'Import')) {
    return execute(cloud, pace, progress, changeSet, 'taking over')
  }
  await cloud.cloudFormation.deleteChangeSet(changeSet.stackName, changeSet.name)
  const why =
    verdict.kind === 'refused'
      ? verdict.refusals.map((refusal) => refusal.why).join('; ')
      : 'it would change more than it takes over'
  return {
    kind: 'failed',
    obstacles: [
      {
        why: `${wanted.stackName} cannot take over what exists: ${why}.`,
        next: 'Mend what is named. Nothing was taken over.',
      },
    ],
  }
}

async function execute(
  cloud: Cloud,
  pace: Pace,
  progress: ApplyProgress,
  { stackName, name, pages }: PreparedChangeSet,
  doing: string,
): Promise<CarriedOut> {
  const total = pages.reduce((sum, { Changes = [] }) => sum + Changes.length, 0)
  const [before] = await cloud.cloudFormation.events(stackName, undefined)
  const finished = new Set<string>()
  const title = `${stackName}: ${doing} ${total} resources`
  const step = progress.step(title)
  const sofar = () => `${finished.size} of ${total}`
  try {
    await begin(cloud, stackName, name, before?.EventId)
    const ended = await followStack(cloud, pace, stackName, before?.EventId, {
      event: ({ LogicalResourceId = '', ResourceStatus = '' }) => {
        if (LogicalResourceId === stackName) return
        if (ResourceStatus.endsWith('_COMPLETE')) finished.add(LogicalResourceId)
        step.now(`${sofar()}, now ${LogicalResourceId}`)
      },
      quiet: (waiting) => step.now(`${sofar()}, still at work: ${waiting.map(waitingFor).join(', ')}`),
    })
    if (endedWell(ended.status)) {
      await step.done(`${stackName}: ${ended.status}`)
      return { kind: 'complete' }
    }
    await step.failed(`${stackName}: ${ended.status}`)
    const failures = ended.failures.filter(({ reason }) => !/cancelled/i.test(reason))
    const advice = failures.map(({ logicalId, reason }) => adviceFor(logicalId, reason))
    return {
      kind: 'failed',
      obstacles:
        advice.length > 0
          ? advice
          : [{ why: `${stackName} is ${ended.status}: ${ended.reason}`, next: 'See its events in the console.' }],
    }
  } catch (error) {
    await step.failed(`${title}, ${sofar()} done`)
    throw error
  }
}

/** Starts a change set. When AWS no longer knows it, it may be because an earlier try arrived and its answer did not. */
async function begin(
  { cloudFormation }: Cloud,
  stackName: string,
  name: string,
  before: string | undefined,
): Promise<void> {
  try {
    await cloudFormation.execute(stackName, name, name)
  } catch (error) {
    const events = isOvertaken(error) ? await cloudFormation.events(stackName, before) : []
    if (!events.some(({ ClientRequestToken }) => ClientRequestToken === name)) throw error
  }
}

/** Some things take long for a reason that a person can look into. */
function waitingFor({ logicalId, type }: { readonly logicalId: string; readonly type: string }): string {
  if (type === 'AWS::CertificateManager::Certificate')
    return `${logicalId} (until the public DNS shows its validation record)`
  if (type === 'AWS::CloudFront::Distribution') return `${logicalId} (takes some minutes)`
  return type.startsWith('AWS::RDS::') ? `${logicalId} (takes up to half an hour)` : logicalId
}
