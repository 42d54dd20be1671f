import type {
  ChangeSource,
  EvaluationType,
  PolicyAction,
  Replacement,
  ResourceAttribute,
} from '@aws-sdk/client-cloudformation'
import type { RequiresRecreation } from '../schema/replacement.ts'
import type { JsonObject } from './template.ts'

/** Why one property or attribute of a resource changes. */
export interface ChangeDetail {
  readonly attribute: ResourceAttribute
  /** Property, when the attribute is `Properties`. */
  readonly name?: string
  readonly requiresRecreation: RequiresRecreation
  readonly evaluation: EvaluationType
  readonly source?: ChangeSource
  readonly causingEntity?: string
  /** Where the value is, from the resource on: `/Properties/Environment/Variables/STAGE`. */
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
  /** Shown only to those who ask for values. */
  readonly valuesOnly?: true
}

/** What a change set does to one resource. */
export interface PlannedChange {
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import'
  readonly logicalId: string
  readonly type: string
  readonly physicalId?: string
  readonly replacement?: Replacement
  readonly policyAction?: PolicyAction
  readonly details: readonly ChangeDetail[]
  readonly before?: JsonObject
  readonly after?: JsonObject
  /** Of an import: which resource. */
  readonly identifier?: JsonObject
}

/** Something that was found wrong before anything was made. */
export interface ValidationFinding {
  readonly name: 'AWS::EarlyValidation::PropertyValidation' | 'AWS::EarlyValidation::ResourceExistenceCheck'
  readonly logicalId: string
  readonly type: string
  readonly reason: string
}
