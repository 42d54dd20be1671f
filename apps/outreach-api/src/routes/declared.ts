import { z } from '@hono/zod-openapi'
import { type EndpointName, endpoints } from '@sax/api-contract'
import { errorSchema } from '../http/error-answer.ts'

type Declared<N extends EndpointName> = (typeof endpoints)[N]

/** Method, path and auth class of an endpoint, from the contract's table. A route that is not there cannot be made. */
export function declared<N extends EndpointName>(name: N) {
  const { method, path, auth } = endpoints[name]
  return {
    method: method.toLowerCase() as Lowercase<Declared<N>['method']>,
    path: path as Declared<N>['path'],
    operationId: name,
    security: auth === 'public' ? [] : [{ userContext: [] as string[] }],
  }
}

/** A JSON answer of this shape on success, the one error shape otherwise. */
export function answers<S extends 200 | 201, T extends z.ZodType>(status: S, schema: T, description: string) {
  const refused = { content: { 'application/json': { schema: errorSchema } }, description: 'Refused or failed' }
  return {
    [status]: { content: { 'application/json': { schema } }, description },
    default: refused,
  } as { [K in S]: { content: { 'application/json': { schema: T } }; description: string } } & {
    default: typeof refused
  }
}

/** Bytes, in OpenAPI's words. */
export const binary = z.string().meta({ format: 'binary' })

/** A file on success, whole or a part of it; the one error shape otherwise. */
export function file(description: string) {
  const content = { 'application/octet-stream': { schema: binary } }
  return { ...answers(200, z.never(), description), 200: { content, description } }
}

/** A JSON body that must be there. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { content: { 'application/json': { schema } }, required: true as const }
}

/** `{id}` of a path. What cannot be an id is answered 404. */
export const idParam = z.object({ id: z.guid() })
