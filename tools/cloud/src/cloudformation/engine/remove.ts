import { kindOf } from '../resources/all-kinds.ts'
import type { Engine } from './engine.ts'
import { failureReason } from './failure.ts'
import { dependenciesOf } from './order.ts'
import { type Stack, type StackResource, tell } from './stacks.ts'
import type { RemovalPolicy } from './template.ts'

/** Why resources go, which decides about those that are to be kept. */
export type Occasion = 'removed' | 'replaced' | 'creation-rolled-back'

/**
 * Takes resources away, those that others lean on last. Those that are to be retained are let go of. Gives the logical
 * ids of those that could not be deleted.
 */
export async function removeResources(
  stack: Stack,
  resources: readonly StackResource[],
  occasion: Occasion,
  engine: Engine,
): Promise<readonly string[]> {
  const failed: string[] = []
  for (const wave of inWaves(resources)) {
    await Promise.all(
      wave.map(async (resource) => {
        if (!(await remove(stack, resource, occasion, engine))) failed.push(resource.logicalId)
      }),
    )
  }
  return failed
}

/** Resources in the order of their removal: each wave after those that lean on it. */
function inWaves(resources: readonly StackResource[]): readonly (readonly StackResource[])[] {
  const byId = Object.fromEntries(resources.map((resource) => [resource.logicalId, resource.definition]))
  const waves: StackResource[][] = []
  let left = [...resources]
  while (left.length > 0) {
    const needed = new Set(left.flatMap(({ definition }) => dependenciesOf(definition, byId)))
    const free = left.filter(({ logicalId }) => !needed.has(logicalId))
    // In a circle, as a replaced resource may be with its successor, the order says nothing.
    const wave = free.length > 0 ? free : left
    waves.push(wave)
    left = left.filter((resource) => !wave.includes(resource))
  }
  return waves
}

async function remove(stack: Stack, resource: StackResource, occasion: Occasion, engine: Engine): Promise<boolean> {
  const { logicalId, type, physicalId = '' } = resource
  const isStillHeld = stack.resources.get(logicalId)?.physicalId === physicalId
  const letGo = () => {
    if (isStillHeld) stack.resources.delete(logicalId)
  }
  const about = { logicalId, type, physicalId }
  if (isRetained(resource, occasion)) {
    tell(stack, { ...about, status: 'DELETE_SKIPPED' })
    letGo()
    return true
  }
  const work = engine.workOn(stack, logicalId)
  try {
    tell(stack, { ...about, status: 'DELETE_IN_PROGRESS' })
    await engine.before(work, 'Delete', type)
    await kindOf(type)?.delete({ id: physicalId, attributes: resource.attributes }, resource.properties, work)
    tell(stack, { ...about, status: 'DELETE_COMPLETE' })
    letGo()
    return true
  } catch (error) {
    if (work.signal.aborted) throw error
    const reason = failureReason(error)
    tell(stack, { ...about, status: 'DELETE_FAILED', reason })
    if (isStillHeld) stack.resources.set(logicalId, { ...resource, status: 'DELETE_FAILED', reason, at: new Date() })
    return false
  }
}

/** @source AWS CloudFormation Template Reference, "DeletionPolicy attribute" and "UpdateReplacePolicy attribute" */
function isRetained({ definition }: StackResource, occasion: Occasion): boolean {
  const policy: RemovalPolicy | undefined =
    occasion === 'replaced' ? definition.updateReplacePolicy : definition.deletionPolicy
  if (policy === 'RetainExceptOnCreate') return occasion !== 'creation-rolled-back'
  return policy === 'Retain'
}
