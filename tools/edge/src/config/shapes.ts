import { z } from 'zod'
import { ConfigurationError } from './configuration-error.ts'

/** True for `{…}`, not for lists and null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A list as templates write it (`[…]`) or as the API prints it (`{Quantity, Items}`, `Items` absent when empty). Absent: empty. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.preprocess((value) => (isApiList(value) ? (value.Items ?? []) : value), z.array(item)).default([])
}

/** `true` or `"true"`: CloudFormation takes both. */
export const flag = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean())

/** A whole number from 0, or its decimal digits. */
export const count = z.preprocess(
  (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
  z.number().int().min(0),
)

/** The API prints an absent text as `""`. */
export const optionalText = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional())
export const optionalCount = z.preprocess((value) => (value === '' ? undefined : value), count.optional())

/** The value in its shape. @throws ConfigurationError `malformed`, naming the property below `where`. */
export function shaped<Schema extends z.ZodType>(schema: Schema, value: unknown, where: string): z.infer<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = issue === undefined ? [] : issue.path
  throw new ConfigurationError('malformed', below(where, path), sentence(issue?.message ?? 'not understood'))
}

function below(where: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, key) => (typeof key === 'number' ? `${place}[${key}]` : `${place}.${String(key)}`),
    where,
  )
}

function sentence(message: string): string {
  if (message.endsWith('received undefined')) return 'is missing; add this property'
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}; correct this property`
}

function isApiList(value: unknown): value is { readonly Items?: unknown } {
  return isRecord(value) && ('Items' in value || 'Quantity' in value)
}
