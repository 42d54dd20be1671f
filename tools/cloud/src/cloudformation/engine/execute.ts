import { resourceSchema } from '../schema/resource-schemas.ts'
import { deliveriesAtOnce } from './at-once.ts'
import type { Engine } from './engine.ts'
import { evaluate, type Scope } from './evaluate.ts'
import { dependenciesOf } from './order.ts'
import { knownAttribute } from './plan-changes.ts'
import { provision } from './provision.ts'
import { scopeOf } from './scope.ts'
import { deniedByPolicy } from './stack-policy.ts'
import { type ChangeSet, type Stack, type StackResource, tell } from './stacks.ts'
import { type Definition, invalid } from './template.ts'

/** What came of the resources of a template. */
export interface Executed {
  /** Logical ids whose work failed. */
  readonly failed: readonly string[]
  /** Resources that were replaced: what they were. */
  readonly replaced: readonly StackResource[]
}

/**
 * Makes and changes the resources of a change set's template, as many at once as wait for nobody. A failure holds up
 * those that wait for it, and nobody else.
 * @source AWS CloudFormation User Guide, "Choose how to handle failures when provisioning resources"
 */
export async function executeResources(set: ChangeSet, engine: Engine): Promise<Executed> {
  const { stack, template, parameters } = set
  const failed = refuseRemovals(set)
  const replaced: StackResource[] = []
  const scope = scopeOf(stack, template, parameters, liveScope(stack))
  const colliding = deliveriesAtOnce(set)
  const done = new Map<string, Promise<boolean>>()
  const start = (id: string, definition: Definition): Promise<boolean> => {
    const waited = dependenciesOf(definition, template.resources).map((other) => {
      const one = template.resources[other]
      return one === undefined ? Promise.resolve(true) : (done.get(other) ?? start(other, one))
    })
    const run = Promise.all(waited).then(async (results) => {
      if (results.includes(false)) return false
      if (definition.condition !== undefined && !scope.condition(definition.condition)) return true
      const result = await provision({ set, id, definition, scope, engine, collides: colliding.has(id) })
      if (result === 'failed') failed.push(id)
      else if (result !== 'done') replaced.push(result.was)
      return result !== 'failed'
    })
    done.set(id, run)
    return run
  }
  for (const [id, definition] of Object.entries(template.resources)) if (!done.has(id)) void start(id, definition)
  await Promise.all(done.values())
  return { failed, replaced }
}

/** Removals that the stack's policy forbids fail before anything is removed. */
function refuseRemovals({ stack, changes }: ChangeSet): string[] {
  return changes.flatMap(({ action, logicalId, type, physicalId = '' }) => {
    const resource = stack.resources.get(logicalId)
    const reason = action === 'Remove' ? deniedByPolicy(stack.policy, 'Update:Delete', { logicalId, type }) : undefined
    if (reason === undefined || resource === undefined) return []
    stack.resources.set(logicalId, { ...resource, status: 'UPDATE_FAILED', reason, at: new Date() })
    tell(stack, { logicalId, type, physicalId, status: 'UPDATE_FAILED', reason })
    return [logicalId]
  })
}

/** Names stand for what the stack holds by now. */
function liveScope(stack: Stack): Pick<Scope, 'ref' | 'attribute'> {
  return {
    ref: (id) => stack.resources.get(id)?.physicalId,
    attribute: (id, attribute) => {
      const resource = stack.resources.get(id)
      const value = knownAttribute(resource, attribute)
      if (value !== undefined) return value
      const isKnown = resourceSchema(resource?.type ?? '')?.attributes.includes(attribute)
      throw invalid(
        isKnown
          ? `The laptop's AWS does not know attribute ${attribute} of ${resource?.type}.`
          : `Requested attribute ${attribute} does not exist in schema for ${resource?.type}`,
      )
    },
  }
}

/** The outputs of a template, once its resources are there. */
export function outputsOf({ stack, template, parameters }: ChangeSet): Readonly<Record<string, string>> {
  const scope = scopeOf(stack, template, parameters, liveScope(stack))
  return Object.fromEntries(
    Object.entries(template.outputs).flatMap(([name, { value, condition }]) =>
      condition !== undefined && !scope.condition(condition) ? [] : [[name, String(evaluate(value, scope))]],
    ),
  )
}
