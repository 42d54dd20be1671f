import type { ResourceToImport } from '@aws-sdk/client-cloudformation'
import { kindOf } from '../resources/all-kinds.ts'
import type { Work } from '../resources/kind.ts'
import { propertyProblems } from '../schema/check-properties.ts'
import { resourceSchema } from '../schema/resource-schemas.ts'
import { importIdentifier, literalIdentifier } from './identifier.ts'
import { planChanges } from './plan-changes.ts'
import type { PlannedChange, ValidationFinding } from './planned-change.ts'
import type { ChangeSet, Stack } from './stacks.ts'
import { invalid, isObject, type JsonObject, type Template } from './template.ts'
import { isSameValue } from './values.ts'

/** How the preparation looks at what is there. */
export type WorkOn = (stack: Stack, logicalId: string) => Work

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set."

/** Refuses types that AWS has not got, and those that are not modelled here. @throws AwsError ValidationError */
export function checkTypes({ resources }: Template): void {
  const types = [...new Set(Object.values(resources).map(({ type }) => type))]
  const unknown = types.filter((type) => resourceSchema(type) === undefined)
  if (unknown.length > 0) throw invalid(`Template format error: Unrecognized resource types: [${unknown.join(', ')}]`)
  const missing = types.filter((type) => kindOf(type) === undefined)
  if (missing.length > 0) throw invalid(`The laptop's AWS does not know the resource types: [${missing.join(', ')}]`)
}

/**
 * Works out what a change set does, and marks it available or failed.
 * @source AWS CloudFormation User Guide, "Validate stack deployments": properties and names are looked at before anything is made
 * @throws AwsError ValidationError for what is refused before there is a change set
 */
export async function prepareChangeSet(
  set: ChangeSet,
  toImport: readonly ResourceToImport[],
  workOn: WorkOn,
): Promise<void> {
  const planned = planChanges(set.stack, set)
  const wanted = checkImports(set, toImport, planned)
  const findings: ValidationFinding[] = []
  const changes: PlannedChange[] = []
  for (const change of planned) {
    findings.push(...propertyFindings(change))
    if (change.action !== 'Add') changes.push(change)
    else changes.push(await addition(change, set, wanted, findings, workOn))
  }
  set.changes = changes
  set.findings = findings
  const failed = findings.map(({ name }) => name)
  if (failed.length > 0) {
    return fail(
      set,
      `The following hook(s)/validation failed: [${[...new Set(failed)].join(', ')}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.`,
    )
  }
  const problem = await importProblem(set, changes, workOn)
  if (problem !== undefined) return fail(set, problem)
  if (changes.length === 0 && !isOtherwiseDifferent(set)) return fail(set, NO_CHANGES)
  set.status = 'CREATE_COMPLETE'
  set.execution = 'AVAILABLE'
}

function fail(set: ChangeSet, reason: string): void {
  set.status = 'FAILED'
  set.reason = reason
  set.execution = 'UNAVAILABLE'
}

function propertyFindings({ action, logicalId, type, after }: PlannedChange): readonly ValidationFinding[] {
  const schema = resourceSchema(type)
  const properties = after?.Properties
  if (action === 'Remove' || schema === undefined || !isObject(properties)) return []
  return propertyProblems(schema, properties).map((reason) => ({
    ...{ name: 'AWS::EarlyValidation::PropertyValidation', logicalId, type },
    reason: `Properties validation failed for resource ${logicalId} with message: [${reason}]`,
  }))
}

/** An addition is an import where that was asked for and can be; where the name is taken, it is a finding. */
async function addition(
  change: PlannedChange,
  { stack, template, importExisting }: ChangeSet,
  wanted: ReadonlyMap<string, JsonObject>,
  findings: ValidationFinding[],
  workOn: WorkOn,
): Promise<PlannedChange> {
  const { logicalId, type } = change
  const named = wanted.get(logicalId)
  if (named !== undefined)
    return { ...change, action: 'Import', identifier: named, ...(await physical(change, named, stack, workOn)) }
  const definition = template.resources[logicalId]
  const identifier = definition && literalIdentifier(definition)
  if (definition === undefined || identifier === undefined) return change
  const work = workOn(stack, logicalId)
  const live = await kindOf(type)?.read?.(identifier, work)
  if (live === undefined) return change
  const owner = work.world.stacks.ownerOf(stack.accountId, stack.region, type, live.id)
  const isRetained = definition.deletionPolicy === 'Retain' || definition.deletionPolicy === 'RetainExceptOnCreate'
  if (importExisting && isRetained && owner === undefined && kindOf(type)?.importable) {
    return { ...change, action: 'Import', identifier, physicalId: live.id }
  }
  const where = owner === undefined ? '' : ` in stack ${owner.id}`
  findings.push({
    ...{ name: 'AWS::EarlyValidation::ResourceExistenceCheck', logicalId, type },
    reason: `Resource of type '${type}' with identifier '${live.id}' already exists${where}.`,
  })
  return change
}

async function physical({ type, logicalId }: PlannedChange, identifier: JsonObject, stack: Stack, workOn: WorkOn) {
  const live = await kindOf(type)?.read?.(identifier, workOn(stack, logicalId))
  return live === undefined ? {} : { physicalId: live.id }
}

/** The identifiers of what is to be imported, by logical id. @throws AwsError ValidationError. The sentences are unverified. */
function checkImports(
  { type, template, stack }: ChangeSet,
  toImport: readonly ResourceToImport[],
  planned: readonly PlannedChange[],
): ReadonlyMap<string, JsonObject> {
  const wanted = new Map<string, JsonObject>()
  if (type !== 'IMPORT') {
    if (toImport.length > 0) throw invalid('ResourcesToImport can be given with ChangeSetType IMPORT only.')
    return wanted
  }
  if (toImport.length === 0) throw invalid('ResourcesToImport must be given with ChangeSetType IMPORT.')
  for (const {
    LogicalResourceId: id = '',
    ResourceType: resourceType = '',
    ResourceIdentifier: identifier = {},
  } of toImport) {
    const definition = template.resources[id]
    if (definition?.type !== resourceType) throw invalid(`The template holds no ${resourceType} named ${id} to import.`)
    const names = importIdentifier(resourceType)
    if (names === undefined) throw invalid(`ResourceTypes [${resourceType}] are not supported for Import`)
    if (definition.deletionPolicy === undefined)
      throw invalid(`Resources [${id}] to import must have a DeletionPolicy attribute in the template.`)
    if (!isSameValue([...names].sort(), Object.keys(identifier).sort())) {
      throw invalid(
        `Resource ${id} is identified by [${names.join(', ')}], not by [${Object.keys(identifier).join(', ')}].`,
      )
    }
    wanted.set(id, identifier)
  }
  const others = planned
    .filter(({ action, logicalId }) => action !== 'Add' || !wanted.has(logicalId))
    .map(({ logicalId }) => logicalId)
  if (!isSameValue(template.outputs, stack.template.outputs)) others.push('Outputs')
  if (others.length > 0) {
    throw invalid(`As part of the import operation, you cannot modify or add [${others.join(', ')}]`)
  }
  return wanted
}

async function importProblem(
  { stack }: ChangeSet,
  changes: readonly PlannedChange[],
  workOn: WorkOn,
): Promise<string | undefined> {
  for (const { action, logicalId, type, physicalId, identifier } of changes) {
    if (action !== 'Import') continue
    const named = `${type} ${JSON.stringify(identifier)}`
    if (physicalId === undefined) return `Resource ${logicalId} cannot be imported: ${named} does not exist.`
    const { world } = workOn(stack, logicalId)
    const owner = world.stacks.ownerOf(stack.accountId, stack.region, type, physicalId)
    if (owner !== undefined)
      return `Resource ${logicalId} cannot be imported: ${named} belongs to stack ${owner.id} already.`
  }
  return undefined
}

/** Outputs, tags and descriptions are changes as well, though not of resources. */
function isOtherwiseDifferent({ stack, template, tags, type }: ChangeSet): boolean {
  const sorted = (list: readonly { readonly Key?: string | undefined }[]) =>
    [...list].sort((a, b) => ((a.Key ?? '') < (b.Key ?? '') ? -1 : 1))
  return (
    type === 'CREATE' ||
    !isSameValue(template.outputs, stack.template.outputs) ||
    !isSameValue(sorted(tags), sorted(stack.tags))
  )
}
