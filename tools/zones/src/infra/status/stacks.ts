import { STACK_POLICY } from '../../plan/stack-policy.ts'
import { endedWell, standingOf } from '../../plan/stack-standing.ts'
import type { StatusItem } from '../../plan/status-item.ts'
import type { Seen } from './seen.ts'

/** Each stack: whether it is there, whole, and protected. */
export async function stackItems({ cloud, stacks, apply }: Seen): Promise<readonly StatusItem[]> {
  return Promise.all(
    stacks.map(async ({ wanted: { stackName }, state }): Promise<StatusItem> => {
      const item = { group: 'Stacks', name: stackName } as const
      const standing = standingOf(stackName, state?.status)
      if (state === undefined || standing.kind === 'new')
        return { ...item, standing: 'missing', findings: [], next: apply }
      if (standing.kind === 'busy') return { ...item, standing: 'waiting', findings: [state.status], next: apply }
      if (standing.kind === 'stuck')
        return { ...item, standing: 'wrong', findings: [state.status], next: standing.next }
      const findings = [
        ...(endedWell(state.status) || state.status === 'UPDATE_ROLLBACK_COMPLETE' ? [] : [state.status]),
        ...(state.isProtected ? [] : ['can be deleted: its termination protection is off']),
        ...((await cloud.cloudFormation.policy(stackName)) === STACK_POLICY
          ? []
          : ['its policy does not forbid replacing and deleting']),
      ]
      return {
        ...item,
        standing: findings.length === 0 ? 'right' : 'wrong',
        findings,
        next: findings.length === 0 ? '' : apply,
      }
    }),
  )
}
