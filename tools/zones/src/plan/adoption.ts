import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import type { SpecDatabase } from '@aws-cdk/service-spec-types'
import type { ResourceToImport } from '@aws-sdk/client-cloudformation'
import { isReleaseOwned } from './release-owned.ts'
import type { Template } from './template-plan.ts'

/** A resource of the template that exists already and belongs to no stack. */
export interface Found {
  readonly logicalId: string
  readonly type: string
  /** Values of the type's primary identifier, in its order. */
  readonly identifier: readonly string[]
  /** As they are, in the shape of templates. */
  readonly live: Readonly<Record<string, unknown>>
}

export interface ImportPlan {
  /** What the stack has now and what it takes over, each as it is. */
  readonly template: Template
  readonly resourcesToImport: readonly ResourceToImport[]
}

type Properties = Readonly<Record<string, unknown>>

/**
 * What becomes of live properties in the importing template. Nothing is changed by an import, and CloudFormation compares
 * later templates with this one, not with what is there. So everything is as it is, in order that the update that follows
 * is seen to change it, but for three things:
 * - what releases own has the text it will always have, and is therefore never sent;
 * - references that identify the resource have it too, for their value is what the resource was found by;
 * - what cannot be changed in place, or says nothing, is left out where the template leaves it to AWS as well.
 * @source AWS CloudFormation User Guide, "Import AWS resources into a CloudFormation stack" and "Resolve drift with an import operation"
 */
function asImported(type: string, live: Properties, wanted: Properties): Properties {
  if (isReleaseOwned(type)) return wanted
  const allowed = specOf(type)?.properties ?? {}
  const isFixed = (name: string) => ['yes', 'maybe'].includes(allowed[name]?.causesReplacement ?? 'no')
  const kept = Object.entries(live).filter(
    ([name]) => Object.hasOwn(allowed, name) && (Object.hasOwn(wanted, name) || !isFixed(name)),
  )
  const final = Object.entries(wanted).filter(
    ([name, value]) => isReleaseOwned(type, name) || (isReference(value) && isFixed(name)),
  )
  return { ...(sayingSomething(Object.fromEntries(kept), wanted) as Properties), ...Object.fromEntries(final) }
}

/** `live` without what is empty and not in `wanted`: AWS lists every setting, also those that nobody has set. */
function sayingSomething(live: unknown, wanted: unknown): unknown {
  if (Array.isArray(live)) {
    return live.map((item: unknown, i) => sayingSomething(item, Array.isArray(wanted) ? wanted[i] : undefined))
  }
  if (!isObject(live)) return live
  return Object.fromEntries(
    Object.entries(live)
      .filter(([name, value]) => !isEmpty(value) || (isObject(wanted) && Object.hasOwn(wanted, name)))
      .map(([name, value]) => [name, sayingSomething(value, isObject(wanted) ? wanted[name] : undefined)]),
  )
}

function isEmpty(value: unknown): boolean {
  if (value === '' || value === null) return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The change set of type IMPORT that makes `found` part of a stack and changes nothing.
 * @param current the stack's template as it is; undefined: there is no stack yet
 */
export function importPlan(current: Template | undefined, wanted: Template, found: readonly Found[]): ImportPlan {
  const imported = found.map(({ logicalId, type, live }) => {
    const target = (wanted.Resources[logicalId] as { readonly Properties?: Properties } | undefined)?.Properties ?? {}
    const Properties = asImported(type, live, target)
    return [logicalId, { Type: type, Properties, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }] as const
  })
  return {
    // Outputs may be neither added nor changed by an import.
    template: {
      ...(current ?? {}),
      Resources: { ...current?.Resources, ...Object.fromEntries(imported) },
    },
    resourcesToImport: found.map(({ logicalId, type, identifier }) => ({
      LogicalResourceId: logicalId,
      ResourceType: type,
      ResourceIdentifier: Object.fromEntries(primaryIdentifier(type).map((name, i) => [name, identifier[i] ?? ''])),
    })),
  }
}

/** Names that identify a resource of this type, in order. */
export function primaryIdentifier(type: string): readonly string[] {
  return specOf(type)?.primaryIdentifier ?? []
}

function isReference(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).some((key) => /^(Ref|Fn::\w+)$/.test(key))
}

let database: SpecDatabase | undefined

function specOf(type: string) {
  // Unpacking it takes a good part of a second.
  database ??= loadAwsServiceSpecSync()
  return database.lookup('resource', 'cloudFormationType', 'equals', type)[0]
}
