import type { ResourceStatus } from '@aws-sdk/client-cloudformation'
import { AwsError } from '../../wire/aws-error.ts'
import { kindOf } from '../resources/all-kinds.ts'
import type { Kind, Work } from '../resources/kind.ts'
import { requiresRecreation } from '../schema/replacement.ts'
import { resourceSchema } from '../schema/resource-schemas.ts'
import { effectiveProperties } from './effective-properties.ts'
import type { Engine } from './engine.ts'
import type { Scope } from './evaluate.ts'
import { failureReason } from './failure.ts'
import type { PlannedChange } from './planned-change.ts'
import { deniedByPolicy, type UpdateAction } from './stack-policy.ts'
import { type ChangeSet, type Stack, type StackResource, tell } from './stacks.ts'
import { type Definition, invalid, type JsonObject } from './template.ts'
import { isSameValue } from './values.ts'

const BUSY = 'Requested resource is currently being updated. Please try again later.'

/** One resource of a template that is executed. */
export interface Provisioning {
  readonly set: ChangeSet
  readonly id: string
  readonly definition: Definition
  readonly scope: Scope
  readonly engine: Engine
  /** The service is busy with another one of its kind at the same moment. */
  readonly collides: boolean
}

/** Makes, changes or brings in one resource; what was there is given when it was replaced. Never throws, but when the work is given up. */
export async function provision({
  set,
  id,
  definition,
  scope,
  engine,
  collides,
}: Provisioning): Promise<'done' | 'failed' | { was: StackResource }> {
  const { stack } = set
  const current = stack.resources.get(id)
  const work = engine.workOn(stack, id)
  const { signal } = work
  const kind = kindOf(definition.type)
  if (kind === undefined) throw new Error(`${definition.type} was let through`)
  const planned = set.changes.find(({ logicalId }) => logicalId === id)
  let properties: JsonObject = {}
  let verb: 'CREATE' | 'UPDATE' | 'IMPORT' = 'CREATE'
  try {
    signal.throwIfAborted()
    properties = effectiveProperties(definition, scope, set.tags)
    const one = { stack, kind, definition, properties, work, engine }
    if (planned?.action === 'Import') {
      verb = 'IMPORT'
      await bringIn(one, planned)
      return 'done'
    }
    if (current?.physicalId === undefined) {
      if (collides) throw new AwsError('ConflictException', BUSY)
      await make(one, 'CREATE')
      return 'done'
    }
    verb = 'UPDATE'
    return await change(one, current)
  } catch (error) {
    if (signal.aborted) throw error
    const status = verb === 'IMPORT' ? 'IMPORT_FAILED' : (`${verb}_FAILED` as const)
    const reason = reasonOf(error)
    const kept = stack.resources.get(id)
    stack.resources.set(id, {
      ...(kept ?? { logicalId: id, type: definition.type, attributes: {}, definition, properties: {} }),
      ...{ status, reason, at: new Date() },
    })
    tell(stack, {
      logicalId: id,
      type: definition.type,
      physicalId: kept?.physicalId ?? '',
      status,
      reason,
      properties,
    })
    return 'failed'
  }
}

interface One {
  readonly stack: Stack
  readonly kind: Kind
  readonly definition: Definition
  readonly properties: JsonObject
  readonly work: Work
  readonly engine: Engine
}

async function bringIn(
  { stack, kind, definition, properties, work }: One,
  { identifier = {} }: PlannedChange,
): Promise<void> {
  const about = { logicalId: work.logicalId, type: kind.type, physicalId: '', properties }
  tell(stack, { ...about, status: 'IMPORT_IN_PROGRESS' })
  const live = await kind.read?.(identifier, work)
  if (live === undefined) throw invalid(`${kind.type} ${JSON.stringify(identifier)} does not exist`)
  const owner = work.world.stacks.ownerOf(stack.accountId, stack.region, kind.type, live.id, stack)
  if (owner !== undefined) throw invalid(`${live.id} already exists in stack ${owner.id}`)
  // Nothing of the properties is applied: what is there stays as it is, and drift detection shows the difference.
  record({ stack, definition, properties, work, kind }, live, 'IMPORT_COMPLETE')
  tell(stack, { ...about, physicalId: live.id, status: 'IMPORT_COMPLETE', reason: 'Resource import completed.' })
}

async function make(
  { stack, kind, definition, properties, work, engine }: One,
  verb: 'CREATE' | 'UPDATE',
): Promise<void> {
  const about = { logicalId: work.logicalId, type: kind.type, properties }
  if (verb === 'CREATE') tell(stack, { ...about, physicalId: '', status: 'CREATE_IN_PROGRESS' })
  const telling = {
    ...work,
    say: (reason: string) => tell(stack, { ...about, physicalId: '', status: `${verb}_IN_PROGRESS`, reason }),
  }
  await engine.before(work, 'Create', kind.type)
  const made = await kind.create(properties, telling)
  work.signal.throwIfAborted()
  const owner = work.world.stacks.ownerOf(stack.accountId, stack.region, kind.type, made.id)
  if (owner !== undefined && owner !== stack) throw invalid(`${made.id} already exists in stack ${owner.id}`)
  tell(stack, { ...about, physicalId: made.id, status: `${verb}_IN_PROGRESS`, reason: 'Resource creation Initiated' })
  record({ stack, definition, properties, work, kind }, made, `${verb}_COMPLETE`)
  tell(stack, { ...about, physicalId: made.id, status: `${verb}_COMPLETE` })
}

async function change(one: One, current: StackResource): Promise<'done' | { was: StackResource }> {
  const { stack, kind, definition, properties, work, engine } = one
  const schema = resourceSchema(kind.type)
  const names = [...new Set([...Object.keys(current.properties), ...Object.keys(properties)])]
  const different = names.filter((name) => !isSameValue(current.properties[name], properties[name]))
  const wasFailed = current.status === 'UPDATE_FAILED'
  if (different.length === 0 && !wasFailed) {
    stack.resources.set(work.logicalId, { ...current, definition, properties })
    return 'done'
  }
  const isReplacing = different.some((name) => schema !== undefined && requiresRecreation(schema, [name]) === 'Always')
  const action: UpdateAction = isReplacing ? 'Update:Replace' : 'Update:Modify'
  const denied = deniedByPolicy(stack.policy, action, current)
  if (denied !== undefined) throw new PlainReason(denied)
  const about = { logicalId: work.logicalId, type: kind.type, properties }
  const physicalId = current.physicalId ?? ''
  if (isReplacing) {
    if (stack.disableRollback)
      throw new PlainReason('Replacement type updates not supported on stack with disable-rollback.')
    const reason = 'Requested update requires the creation of a new physical resource; hence creating one.'
    tell(stack, { ...about, physicalId, status: 'UPDATE_IN_PROGRESS', reason })
    await make(one, 'UPDATE')
    return { was: current }
  }
  tell(stack, { ...about, physicalId, status: 'UPDATE_IN_PROGRESS' })
  await engine.before(work, 'Update', kind.type)
  const before = { id: physicalId, attributes: current.attributes }
  const attributes =
    kind.update === undefined ? current.attributes : await kind.update(before, properties, current.properties, work)
  work.signal.throwIfAborted()
  record({ stack, definition, properties, work, kind }, { id: physicalId, attributes }, 'UPDATE_COMPLETE')
  tell(stack, { ...about, physicalId, status: 'UPDATE_COMPLETE' })
  return 'done'
}

/** A failure that no resource handler reported. */
class PlainReason extends Error {}

function reasonOf(error: unknown): string {
  return error instanceof PlainReason ? error.message : failureReason(error)
}

function record(
  { stack, definition, properties, work, kind }: Omit<One, 'engine'>,
  { id, attributes }: { readonly id: string; readonly attributes: JsonObject },
  status: ResourceStatus,
): void {
  stack.resources.set(work.logicalId, {
    ...{ logicalId: work.logicalId, type: kind.type, physicalId: id, attributes, status, at: new Date() },
    ...{ definition, properties },
  })
}
