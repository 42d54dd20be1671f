import type { PolicyAction, Replacement, Tag } from '@aws-sdk/client-cloudformation'
import { requiresRecreation, stricter } from '../schema/replacement.ts'
import { type ResourceSchema, resourceSchema } from '../schema/resource-schemas.ts'
import { effectiveProperties } from './effective-properties.ts'
import { isUnknown, type Scope } from './evaluate.ts'
import { inOrder } from './order.ts'
import type { ChangeDetail, PlannedChange } from './planned-change.ts'
import { type Reference, referencesIn } from './references.ts'
import { scopeOf } from './scope.ts'
import type { Stack, StackResource } from './stacks.ts'
import { type Definition, invalid, type JsonObject, type Template } from './template.ts'
import { UNKNOWN } from './unknown.ts'
import { differences, isSameValue } from './values.ts'

export interface Wanted {
  readonly template: Template
  readonly parameters: Readonly<Record<string, string>>
  readonly tags: readonly Tag[]
}

/** What becomes of a resource that stays in the stack. */
type Fate = 'new' | 'same' | 'changed' | 'perhaps-replaced' | 'replaced'

/**
 * What executing a template on a stack would do, resource by resource, in the order of their logical ids.
 *
 * How sure this is: what a change set says of a resource that takes an attribute of one that is changed in place
 * (`Dynamic`, `ResourceAttribute`) or replaced (`Static`), and the values that are not known before, follow answers of AWS
 * that others recorded. AWS leaves the former out when values are asked for and the attribute is unchanged; here it is
 * always shown, so that whoever reads change sets can bear it.
 * @source AWS CloudFormation User Guide, "Change set examples"; AWS CloudFormation API Reference, "ResourceChangeDetail"; recorded answers in localstack's tests of change sets (second hand)
 * @throws AwsError ValidationError
 */
export function planChanges(stack: Stack, wanted: Wanted): readonly PlannedChange[] {
  const { template, parameters, tags } = wanted
  const fates = new Map<string, Fate>()
  const live = (id: string) => stack.resources.get(id)
  const scope: Scope = scopeOf(stack, template, parameters, {
    ref: (id) => (isKept(fates.get(id)) ? live(id)?.physicalId : UNKNOWN),
    attribute: (id, attribute) => (isKept(fates.get(id)) ? knownAttribute(live(id), attribute) : UNKNOWN),
  })
  const planned: PlannedChange[] = []
  for (const id of inOrder(template.resources)) {
    const definition = template.resources[id]
    if (definition === undefined || (definition.condition !== undefined && !scope.condition(definition.condition)))
      continue
    const properties = effectiveProperties(definition, scope, tags)
    const current = live(id)
    if (current?.physicalId === undefined) {
      fates.set(id, 'new')
      planned.push({
        action: 'Add',
        logicalId: id,
        type: definition.type,
        details: [],
        after: context(definition, properties),
      })
      continue
    }
    if (current.type !== definition.type) {
      throw invalid(
        `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${id}]`,
      )
    }
    const details = detailsOf(current, definition, properties, { fates, changedParameters: changed(stack, wanted) })
    const replacement = replacementOf(details)
    fates.set(id, details.length === 0 ? 'same' : FATES[replacement])
    if (details.length > 0) planned.push(modification(current, definition, properties, details, replacement))
  }
  const removed = [...stack.resources.values()].filter(
    ({ logicalId, physicalId, status }) =>
      physicalId !== undefined && status !== 'DELETE_COMPLETE' && !fates.has(logicalId),
  )
  return [...planned, ...removed.map(removal)].sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1))
}

const FATES: Readonly<Record<Replacement, Fate>> = {
  True: 'replaced',
  False: 'changed',
  Conditional: 'perhaps-replaced',
}

function isKept(fate: Fate | undefined): boolean {
  return fate !== undefined && fate !== 'new' && fate !== 'replaced'
}

/** Attributes may be properties as well. */
export function knownAttribute(resource: StackResource | undefined, attribute: string): unknown {
  return resource?.attributes[attribute] ?? resource?.properties[attribute]
}

function changed(stack: Stack, { parameters }: Wanted): ReadonlySet<string> {
  const names = [...new Set([...Object.keys(stack.parameters), ...Object.keys(parameters)])]
  return new Set(names.filter((name) => stack.parameters[name] !== parameters[name]))
}

interface Causes {
  readonly fates: ReadonlyMap<string, Fate>
  readonly changedParameters: ReadonlySet<string>
}

function detailsOf(
  current: StackResource,
  definition: Definition,
  properties: JsonObject,
  causes: Causes,
): readonly ChangeDetail[] {
  const schema = resourceSchema(definition.type)
  const names = [...new Set([...Object.keys(current.properties), ...Object.keys(properties)])].sort()
  const ofProperties = names.flatMap((name) =>
    propertyDetails(name, current, definition, properties, { ...causes, schema }),
  )
  return [
    ...ofProperties,
    ...attributeDetail('DeletionPolicy', current.definition.deletionPolicy, definition.deletionPolicy),
    ...attributeDetail('UpdateReplacePolicy', current.definition.updateReplacePolicy, definition.updateReplacePolicy),
    ...attributeDetail('Metadata', current.definition.metadata, definition.metadata),
  ]
}

function propertyDetails(
  name: string,
  current: StackResource,
  definition: Definition,
  properties: JsonObject,
  { fates, changedParameters, schema }: Causes & { readonly schema: ResourceSchema | undefined },
): readonly ChangeDetail[] {
  const [before, after] = [current.properties[name], properties[name]]
  const top = schema === undefined ? 'Never' : requiresRecreation(schema, [name])
  const whole = { attribute: 'Properties' as const, name, requiresRecreation: top, path: `/Properties/${name}` }
  const references = referencesIn(definition.properties[name])
  const caused = references
    .flatMap((reference) => causedBy(reference, fates))
    .map((cause) => ({ ...whole, ...cause, before, after: UNKNOWN }))
  const different = differences(before, after)
  if (different.length === 0) return caused.filter(({ evaluation }) => evaluation === 'Dynamic')
  const fromParameter = references.find(({ target }) => changedParameters.has(target))
  const isTags =
    name === schema?.tagProperty && isSameValue(current.definition.properties[name], definition.properties[name])
  const direct = different.map((one): ChangeDetail => {
    const path = [name, ...one.path]
    const isLater = isUnknown(one.after)
    return {
      ...(isTags ? { attribute: 'Tags' as const } : { attribute: 'Properties' as const, name }),
      requiresRecreation: schema === undefined ? 'Never' : stricter(top, requiresRecreation(schema, path)),
      evaluation: isLater ? 'Dynamic' : 'Static',
      ...(fromParameter === undefined || isLater
        ? { source: 'DirectModification' as const }
        : { source: 'ParameterReference' as const, causingEntity: fromParameter.target }),
      ...{ path: `/Properties/${path.join('/')}`, before: one.before, after: one.after },
      // Where the reason is a resource that is replaced, the reason alone is shown to those who ask for no values.
      ...(isLater && caused.length > 0 ? { valuesOnly: true as const } : {}),
    }
  })
  return [...direct, ...caused]
}

function causedBy(
  { target, attribute }: Reference,
  fates: ReadonlyMap<string, Fate>,
): readonly Pick<ChangeDetail, 'evaluation' | 'source' | 'causingEntity'>[] {
  const fate = fates.get(target)
  const causingEntity = attribute === undefined ? target : `${target}.${attribute}`
  const source = attribute === undefined ? 'ResourceReference' : 'ResourceAttribute'
  if (fate === 'replaced') return [{ evaluation: 'Static', source, causingEntity }]
  if (fate === 'perhaps-replaced') return [{ evaluation: 'Dynamic', source, causingEntity }]
  // The id of a resource that is changed in place stays; its attributes may not.
  if (fate === 'changed' && attribute !== undefined) return [{ evaluation: 'Dynamic', source, causingEntity }]
  return []
}

function attributeDetail(
  attribute: 'DeletionPolicy' | 'UpdateReplacePolicy' | 'Metadata',
  before: unknown,
  after: unknown,
): readonly ChangeDetail[] {
  if (isSameValue(before, after)) return []
  return [
    {
      attribute,
      requiresRecreation: 'Never',
      evaluation: 'Static',
      source: 'DirectModification',
      path: `/${attribute}`,
      before,
      after,
    },
  ]
}

function replacementOf(details: readonly ChangeDetail[]): Replacement {
  const counted = details.filter(({ valuesOnly }) => valuesOnly === undefined)
  if (counted.some((one) => one.requiresRecreation === 'Always' && one.evaluation === 'Static')) return 'True'
  return counted.some(({ requiresRecreation }) => requiresRecreation !== 'Never') ? 'Conditional' : 'False'
}

function modification(
  current: StackResource,
  definition: Definition,
  properties: JsonObject,
  details: readonly ChangeDetail[],
  replacement: Replacement,
): PlannedChange {
  const policy = definition.updateReplacePolicy ?? 'Delete'
  const policyAction: PolicyAction =
    policy === 'Retain' ? 'ReplaceAndRetain' : policy === 'Snapshot' ? 'ReplaceAndSnapshot' : 'ReplaceAndDelete'
  return {
    ...{ action: 'Modify', logicalId: current.logicalId, type: current.type, details, replacement },
    ...(current.physicalId === undefined ? {} : { physicalId: current.physicalId }),
    ...(replacement === 'False' ? {} : { policyAction }),
    ...{ before: context(current.definition, current.properties), after: context(definition, properties) },
  }
}

function removal(current: StackResource): PlannedChange {
  const policy = current.definition.deletionPolicy ?? 'Delete'
  return {
    ...{ action: 'Remove', logicalId: current.logicalId, type: current.type, details: [] },
    ...(current.physicalId === undefined ? {} : { physicalId: current.physicalId }),
    policyAction: policy === 'RetainExceptOnCreate' ? 'Retain' : policy,
    before: context(current.definition, current.properties),
  }
}

/** A resource as the context of a change shows it. */
function context({ deletionPolicy, updateReplacePolicy, metadata }: Definition, Properties: JsonObject): JsonObject {
  return {
    Properties,
    ...(deletionPolicy === undefined ? {} : { DeletionPolicy: deletionPolicy }),
    ...(updateReplacePolicy === undefined ? {} : { UpdateReplacePolicy: updateReplacePolicy }),
    ...(metadata === undefined ? {} : { Metadata: metadata }),
  }
}
