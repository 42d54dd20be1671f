import type { DeployedStage } from '@sax/infra/account-facts'
import { importPlan } from '../plan/adoption.ts'
import { planFromChangeSet } from '../plan/change-set-plan.ts'
import { riskOf } from '../plan/risk.ts'
import type { StackPlan } from '../plan/stack-plan.ts'
import { inReadingOrder } from '../plan/stack-plan.ts'
import { planFromTemplates } from '../plan/template-plan.ts'
import type { Cloud } from './cloud.ts'
import { type Pace, type PreparedChangeSet, prepareChangeSet } from './prepare-change-set.ts'
import { storeTemplate } from './store-template.ts'
import type { Surveyed } from './survey.ts'

/** What would be done with a stack, and the change set that would do it. */
export interface PlannedStack {
  readonly surveyed: Surveyed
  readonly plan: StackPlan
  /**
   * Undefined: something is taken over first, so that CloudFormation cannot be asked yet. The plan is then told from the
   * live properties, and asked for again in between.
   */
  readonly changeSet: PreparedChangeSet | undefined
}

/** Has CloudFormation work out what the wanted template would change. @throws AwsFailure */
export async function planStack(
  cloud: Cloud,
  pace: Pace,
  stage: DeployedStage,
  surveyed: Surveyed,
): Promise<PlannedStack> {
  const { wanted, standing, current, found } = surveyed
  if (found.length > 0) return { surveyed, plan: predicted(surveyed), changeSet: undefined }
  pace.goOn()
  const templateUrl = await storeTemplate(cloud, { ...wanted, stage })
  const changeSet = await prepareChangeSet(cloud, pace, {
    stackName: wanted.stackName,
    // A stack that has no template has nothing in it, whatever it is called.
    type: standing === 'new' || current === undefined ? 'CREATE' : 'UPDATE',
    templateUrl,
    tags: wanted.tags,
  })
  return { surveyed, plan: planFromChangeSet(wanted.stackName, changeSet.pages, wanted.template), changeSet }
}

/** What is taken over, and what will then be changed of it, both told from how it is now. */
function predicted({ wanted, current, found }: Surveyed): StackPlan {
  const { template } = importPlan(current, wanted.template, found)
  const after = planFromTemplates(wanted.stackName, template, wanted.template)
  const adopted = found.map(({ logicalId, type, identifier }) => ({
    logicalId,
    type,
    action: 'adopt' as const,
    reason: `exists already: ${identifier.join(' ')}`,
    risk: riskOf(type, 'adopt', []),
  }))
  return {
    ...after,
    source: 'live',
    changes: inReadingOrder([...after.changes, ...adopted]),
    verdict: after.verdict.kind === 'nothing' ? { kind: 'accepted' } : after.verdict,
    notes: [
      ...after.notes,
      'What exists is taken over as it is first; CloudFormation is asked again before anything of it is changed.',
    ],
  }
}
