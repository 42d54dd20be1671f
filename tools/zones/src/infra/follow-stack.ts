import type { StackEvent, StackStatus } from '@aws-sdk/client-cloudformation'
import { standingOf } from '../plan/stack-standing.ts'
import type { Cloud } from './cloud.ts'
import type { Pace } from './prepare-change-set.ts'

/** Told while CloudFormation works. */
export interface Following {
  /** Something happened to a resource. */
  readonly event: (event: StackEvent) => void
  /** Nothing has for a while; `waiting` are the resources that are being worked on. */
  readonly quiet: (waiting: readonly Waiting[], sinceMs: number) => void
}

export interface Waiting {
  readonly logicalId: string
  readonly type: string
}

export interface Followed {
  readonly status: StackStatus
  readonly reason: string
  /** Resources that failed, with AWS's reasons, oldest first. */
  readonly failures: readonly { readonly logicalId: string; readonly type: string; readonly reason: string }[]
}

/** Milliseconds without an event after which people wonder. */
const QUIET_MS = 90_000

/**
 * Watches a stack until CloudFormation has finished with it, whatever the end. Can be broken off and begun again at any
 * time: CloudFormation does not need us.
 * @param after the last event before the operation was asked for; undefined: it is under way already
 * @throws AwsFailure
 */
export async function followStack(
  { cloudFormation }: Pick<Cloud, 'cloudFormation'>,
  { wait, everyMs, nowMs }: Pace,
  stackName: string,
  after: string | undefined,
  { event: tell, quiet }: Following,
): Promise<Followed> {
  let last = after
  let heardMs = nowMs()
  const working = new Map<string, Waiting>()
  const failures: { logicalId: string; type: string; reason: string }[] = []
  // Right after an operation was asked for, the stack may still be in the state it had before.
  let hasEnded = after === undefined
  for (;;) {
    // The state is asked for first: events that come later than an end belong to it.
    const state = await cloudFormation.stack(stackName)
    const events = await cloudFormation.events(stackName, last)
    for (const event of events) {
      const {
        LogicalResourceId: logicalId = '',
        ResourceType: type = '',
        ResourceStatus = '',
        ResourceStatusReason: reason = '',
      } = event
      if (logicalId !== stackName) {
        if (ResourceStatus.endsWith('_IN_PROGRESS')) working.set(logicalId, { logicalId, type })
        else working.delete(logicalId)
        if (ResourceStatus.endsWith('_FAILED')) failures.push({ logicalId, type, reason })
      } else if (!ResourceStatus.endsWith('_IN_PROGRESS')) hasEnded = true
      tell(event)
    }
    if (events.length > 0) heardMs = nowMs()
    last = events.at(-1)?.EventId ?? last
    if (hasEnded && state !== undefined && standingOf(stackName, state.status).kind !== 'busy') {
      return { status: state.status, reason: state.reason, failures }
    }
    if (nowMs() - heardMs >= QUIET_MS) {
      quiet([...working.values()], nowMs() - heardMs)
      heardMs = nowMs()
    }
    await wait(everyMs)
  }
}
