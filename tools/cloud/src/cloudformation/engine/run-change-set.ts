import type { Engine } from './engine.ts'
import { type Executed, executeResources, outputsOf } from './execute.ts'
import { failureReason } from './failure.ts'
import { removeResources } from './remove.ts'
import { rollBackUpdate } from './roll-back.ts'
import { type ChangeSet, enter, type Stack } from './stacks.ts'
import { EMPTY } from './template.ts'

type Verb = 'CREATE' | 'UPDATE' | 'IMPORT'

/** Begins the execution of a change set. The stack changes its state before this returns; the rest happens by itself. */
export function beginChangeSet(set: ChangeSet, engine: Engine, token: string | undefined): void {
  const { stack } = set
  const verb: Verb = set.type === 'IMPORT' ? 'IMPORT' : stack.status === 'REVIEW_IN_PROGRESS' ? 'CREATE' : 'UPDATE'
  const isStable = /_COMPLETE$/.test(stack.status)
  if (isStable)
    stack.stable = { template: stack.template, parameters: stack.parameters, resources: new Map(stack.resources) }
  Object.assign(stack, {
    template: set.template,
    parameters: set.parameters,
    tags: set.tags,
    capabilities: set.capabilities,
  })
  stack.updatedAt = new Date()
  stack.lastChangeSetId = set.id
  set.execution = 'EXECUTE_IN_PROGRESS'
  enter(stack, `${verb}_IN_PROGRESS`, 'User Initiated', token)
  goOn(stack, () => run(set, verb, engine), engine)
}

/**
 * Lets something go on with a stack while its caller is answered. When the cloud starts over, nobody is left to be told;
 * a mistake of our own ends the stack's operation, so that nobody waits for ever.
 */
export function goOn(stack: Stack, work: () => Promise<void>, engine: Engine): void {
  stack.work = work().catch((error: unknown) => {
    if (engine.workOn(stack, '').signal.aborted) return
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const status = stack.status.replace(/_IN_PROGRESS$/, '_FAILED') as Stack['status']
    enter(stack, status, `A mistake in the laptop's AWS: ${text}`)
  })
}

async function run(set: ChangeSet, verb: Verb, engine: Engine): Promise<void> {
  const { stack } = set
  const executed = await executeResources(set, engine)
  const problem = executed.failed.length > 0 ? failedSentence(verb, executed.failed) : problemOfOutputs(set)
  if (problem !== undefined) {
    set.execution = 'EXECUTE_FAILED'
    return stop(set, verb, executed, problem, engine)
  }
  const orphans = [...stack.resources.values()].filter(({ logicalId }) => !isWanted(set, logicalId))
  if (verb === 'UPDATE' && (orphans.length > 0 || executed.replaced.length > 0)) {
    enter(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')
    await removeResources(stack, orphans, 'removed', engine)
    await removeResources(stack, executed.replaced, 'replaced', engine)
  }
  set.execution = 'EXECUTE_COMPLETE'
  enter(stack, `${verb}_COMPLETE`)
}

/** Whether a resource belongs to the stack by the template: it is there, and its condition holds. */
function isWanted({ template, changes }: ChangeSet, logicalId: string): boolean {
  const isRemoved = changes.some((change) => change.action === 'Remove' && change.logicalId === logicalId)
  return template.resources[logicalId] !== undefined && !isRemoved
}

function failedSentence(verb: Verb, failed: readonly string[]): string {
  return `The following resource(s) failed to ${verb.toLowerCase()}: [${failed.join(', ')}]. `
}

function problemOfOutputs(set: ChangeSet): string | undefined {
  try {
    set.stack.outputs = outputsOf(set)
    return undefined
  } catch (error) {
    return failureReason(error)
  }
}

/** A failed operation stays where it is, or goes back, as was asked for. */
async function stop(set: ChangeSet, verb: Verb, executed: Executed, problem: string, engine: Engine): Promise<void> {
  const { stack } = set
  if (verb === 'IMPORT') {
    enter(stack, 'IMPORT_ROLLBACK_IN_PROGRESS', problem)
    forgetImports(set)
    enter(stack, 'IMPORT_ROLLBACK_COMPLETE')
  } else if (stack.disableRollback) {
    enter(stack, `${verb}_FAILED`, problem)
  } else if (verb === 'CREATE') {
    enter(stack, 'ROLLBACK_IN_PROGRESS', `${problem}Rollback requested by user.`)
    const made = [...stack.resources.values()].filter(({ physicalId }) => physicalId !== undefined)
    const left = await removeResources(stack, made, 'creation-rolled-back', engine)
    enter(stack, left.length === 0 ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED')
    if (set.onStackFailure === 'DELETE' && left.length === 0) endStack(stack)
  } else {
    await rollBackUpdate(stack, executed.replaced, problem, engine)
  }
}

function forgetImports({ stack, changes }: ChangeSet): void {
  for (const { action, logicalId } of changes) if (action === 'Import') stack.resources.delete(logicalId)
  stack.template = stack.stable?.template ?? EMPTY
}

/** The stack is gone; its id still finds it. */
export function endStack(stack: Stack): void {
  stack.deletedAt = new Date()
  stack.changeSets.clear()
  enter(stack, 'DELETE_COMPLETE')
}
