import { AwsError } from '../../wire/aws-error.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export const POLICIES = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'] as const
export type RemovalPolicy = (typeof POLICIES)[number]

/** A resource as a template writes it. */
export interface Definition {
  readonly type: string
  readonly properties: JsonObject
  readonly dependsOn: readonly string[]
  readonly deletionPolicy?: RemovalPolicy
  readonly updateReplacePolicy?: RemovalPolicy
  readonly metadata?: unknown
  readonly condition?: string
}

export interface ParameterDefinition {
  readonly type: string
  readonly default?: unknown
  readonly allowed?: readonly unknown[]
  readonly noEcho: boolean
}

export interface OutputDefinition {
  readonly value: unknown
  readonly description?: string
  readonly condition?: string
  readonly exportName?: unknown
}

/** A template that has been read. */
export interface Template {
  /** As it was sent. */
  readonly body: string
  readonly description?: string
  readonly parameters: Readonly<Record<string, ParameterDefinition>>
  readonly mappings: JsonObject
  readonly conditions: JsonObject
  readonly resources: Readonly<Record<string, Definition>>
  readonly outputs: Readonly<Record<string, OutputDefinition>>
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message)
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A template without anything, which a stack has before its first. */
export const EMPTY: Template = { body: '', parameters: {}, mappings: {}, conditions: {}, resources: {}, outputs: {} }
