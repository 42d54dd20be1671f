import { NormalizedSchema } from '@smithy/core/schema'
import { type CompiledPath, compilePath } from './rest-path.ts'

/** One operation of a service, as the service's own SDK package describes it. */
export interface Operation {
  readonly name: string
  readonly input: NormalizedSchema
  readonly output: NormalizedSchema
  /** For services that speak REST. */
  readonly http?: { readonly method: string; readonly path: CompiledPath; readonly status: number }
}

export type Operations = ReadonlyMap<string, Operation>

/** How the SDK writes an operation's schema: kind 9, namespace, name, traits, input, output. */
const OPERATION = 9

/**
 * The operations of a service. The SDK package that clients use is also what requests are read and answers are written
 * with, so that both ends agree by construction.
 * @param sdk all exports of an `@aws-sdk/client-*` package
 */
export function operationsOf(sdk: object): Operations {
  const found = new Map<string, Operation>()
  for (const schema of Object.values(sdk) as readonly unknown[]) {
    if (!Array.isArray(schema) || schema[0] !== OPERATION) continue
    const [, , name, traits, input, output] = schema
    found.set(name, {
      name,
      input: NormalizedSchema.of(input),
      output: NormalizedSchema.of(output),
      ...httpOf(traits),
    })
  }
  return found
}

function httpOf(traits: unknown): Pick<Operation, 'http'> | Record<string, never> {
  if (typeof traits !== 'object' || traits === null || !('http' in traits) || !Array.isArray(traits.http)) return {}
  const [method, path, status] = traits.http
  return { http: { method, path: compilePath(path), status } }
}
