import { kindOf } from '../resources/all-kinds.ts'
import type { Engine } from './engine.ts'
import { failureReason } from './failure.ts'
import { removeResources } from './remove.ts'
import { enter, type Stack, type StackResource, tell } from './stacks.ts'
import { isSameValue } from './values.ts'

/**
 * Brings a stack back to what it was before an update: changed resources get their old properties again, replaced ones
 * are taken back, new ones go. What cannot be brought back leaves the stack UPDATE_ROLLBACK_FAILED.
 * @param skipped logical ids that are left as they are
 */
export async function rollBackUpdate(
  stack: Stack,
  replaced: readonly StackResource[],
  problem: string,
  engine: Engine,
  skipped: readonly string[] = [],
): Promise<void> {
  const { stable } = stack
  if (stable === undefined) throw new Error('a stack that was never stable cannot be rolled back')
  enter(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', problem)
  const failed: string[] = []
  const leftOver: StackResource[] = []
  for (const current of [...stack.resources.values()].reverse()) {
    const was = stable.resources.get(current.logicalId)
    if (was === undefined) {
      if (current.physicalId === undefined) stack.resources.delete(current.logicalId)
      else leftOver.push(current)
    } else if (skipped.includes(current.logicalId)) {
      stack.resources.set(was.logicalId, { ...was, status: 'UPDATE_COMPLETE' })
    } else if (was.physicalId !== current.physicalId) {
      leftOver.push(current)
      stack.resources.set(was.logicalId, { ...was, status: 'UPDATE_COMPLETE' })
    } else if (!(await restore(stack, current, was, engine))) {
      failed.push(current.logicalId)
    }
  }
  for (const was of replaced) {
    if (!stack.resources.has(was.logicalId)) stack.resources.set(was.logicalId, was)
  }
  if (failed.length > 0) {
    return enter(
      stack,
      'UPDATE_ROLLBACK_FAILED',
      `The following resource(s) failed to update: [${failed.join(', ')}]. `,
    )
  }
  enter(stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS')
  await removeResources(stack, leftOver, 'creation-rolled-back', engine)
  stack.template = stable.template
  stack.parameters = stable.parameters
  enter(stack, 'UPDATE_ROLLBACK_COMPLETE')
}

async function restore(stack: Stack, current: StackResource, was: StackResource, engine: Engine): Promise<boolean> {
  const isTouched = current.status === 'UPDATE_FAILED' || !isSameValue(current.properties, was.properties)
  if (!isTouched) {
    stack.resources.set(was.logicalId, was)
    return true
  }
  const { logicalId, type, physicalId = '' } = was
  const about = { logicalId, type, physicalId, properties: was.properties }
  const work = engine.workOn(stack, logicalId)
  try {
    tell(stack, { ...about, status: 'UPDATE_IN_PROGRESS' })
    await engine.before(work, 'Update', type)
    const before = { id: physicalId, attributes: current.attributes }
    await kindOf(type)?.update?.(before, was.properties, current.properties, work)
    stack.resources.set(logicalId, { ...was, status: 'UPDATE_COMPLETE', at: new Date() })
    tell(stack, { ...about, status: 'UPDATE_COMPLETE' })
    return true
  } catch (error) {
    if (work.signal.aborted) throw error
    const reason = failureReason(error)
    stack.resources.set(logicalId, { ...current, status: 'UPDATE_FAILED', reason, at: new Date() })
    tell(stack, { ...about, status: 'UPDATE_FAILED', reason })
    return false
  }
}
