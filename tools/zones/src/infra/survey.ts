import type { StackState } from '../aws/cloudformation.ts'
import type { Found } from '../plan/adoption.ts'
import { type Standing, standingOf } from '../plan/stack-standing.ts'
import type { Template } from '../plan/template-plan.ts'
import { type ApplyProgress, asStep } from './apply-progress.ts'
import type { Cloud } from './cloud.ts'
import { findExisting, type Obstacle } from './find-existing.ts'
import { followStack } from './follow-stack.ts'
import { wrongAccount } from './preflight/account.ts'
import type { Asked } from './preflight/asked.ts'
import { preflight } from './preflight/preflight.ts'
import type { Pace } from './prepare-change-set.ts'
import type { StackTemplate } from './stack-template.ts'

/** A stack as it stands, and what is wanted of it. */
export interface Surveyed {
  readonly wanted: StackTemplate
  readonly state: StackState | undefined
  /** `new` or `ready`: everything else is an obstacle, or was waited for. */
  readonly standing: 'new' | 'ready'
  /** Undefined: the stack has no template yet. */
  readonly current: Template | undefined
  /** What it would take over. */
  readonly found: readonly Found[]
}

export type Survey =
  | { readonly kind: 'ready'; readonly stacks: readonly Surveyed[] }
  | { readonly kind: 'hindered'; readonly obstacles: readonly Obstacle[] }

/**
 * Looks at everything that a plan depends on and changes nothing. An operation that is under way on a stack, perhaps one
 * that this very command began, is waited for. @throws AwsFailure
 */
export async function survey(
  cloud: Cloud,
  asked: Omit<Asked, 'owned'>,
  pace: Pace,
  progress: ApplyProgress,
): Promise<Survey> {
  const foreign = await asStep(progress, 'Looking who asks', () => wrongAccount(cloud, asked))
  // Nobody waits an hour to be told then that the credentials are another account's.
  if (foreign.length > 0) return { kind: 'hindered', obstacles: foreign }
  const states = new Map<string, { state: StackState | undefined; standing: Standing }>()
  for (const { stackName } of asked.wanted) states.set(stackName, await settled(cloud, pace, progress, stackName))
  const stuck = [...states].flatMap(([stackName, { state, standing }]) =>
    standing.kind === 'stuck' ? [{ why: `${stackName} is ${state?.status}.`, next: standing.next }] : [],
  )
  if (stuck.length > 0) return { kind: 'hindered', obstacles: stuck }
  return asStep(progress, `Looking at account ${asked.facts.accountId}`, () => lookAround(cloud, asked, states))
}

async function lookAround(
  cloud: Cloud,
  asked: Omit<Asked, 'owned'>,
  states: ReadonlyMap<string, { readonly state: StackState | undefined; readonly standing: Standing }>,
): Promise<Survey> {
  const isReady = (stackName: string) => states.get(stackName)?.standing.kind === 'ready'
  const owned = new Map<string, ReadonlySet<string>>()
  for (const { stackName } of asked.wanted) {
    const resources = isReady(stackName) ? await cloud.cloudFormation.resources(stackName) : []
    owned.set(stackName, new Set(resources.filter(isThere).map(({ logicalId }) => logicalId)))
  }
  const obstacles = [...(await preflight(cloud, { ...asked, owned }))]
  if (obstacles.length > 0) return { kind: 'hindered', obstacles }
  const stacks: Surveyed[] = []
  for (const wanted of asked.wanted) {
    const { stackName } = wanted
    const existing = await findExisting(cloud, wanted, owned.get(stackName) ?? new Set())
    obstacles.push(...existing.obstacles)
    const current = isReady(stackName) ? await cloud.cloudFormation.template(stackName) : undefined
    stacks.push({
      wanted,
      state: states.get(stackName)?.state,
      standing: isReady(stackName) ? 'ready' : 'new',
      current,
      found: existing.found,
    })
  }
  return obstacles.length > 0 ? { kind: 'hindered', obstacles } : { kind: 'ready', stacks }
}

async function settled(cloud: Cloud, pace: Pace, progress: ApplyProgress, stackName: string) {
  const state = await cloud.cloudFormation.stack(stackName)
  const standing = standingOf(stackName, state?.status)
  if (standing.kind !== 'busy') return { state, standing }
  await asStep(progress, `${stackName}: waiting for what is under way (${state?.status})`, (step) =>
    followStack(cloud, pace, stackName, undefined, {
      event: ({ LogicalResourceId = '', ResourceStatus = '' }) => step.now(`${LogicalResourceId} ${ResourceStatus}`),
      quiet: () => undefined,
    }),
  )
  const after = await cloud.cloudFormation.stack(stackName)
  return { state: after, standing: standingOf(stackName, after?.status) }
}

/** A resource whose creation failed is in the list and not in the account. */
function isThere({ status, physicalId }: { readonly status: string; readonly physicalId: string }): boolean {
  return physicalId !== '' && status !== 'CREATE_FAILED' && status !== 'DELETE_COMPLETE'
}
