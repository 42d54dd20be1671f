import * as z from 'zod'
import { isBlank } from './blank.ts'

/**
 * An identifier: 8-4-4-4-12 hexadecimal digits. Not `z.uuid()`, which demands a version digit: the tenants and
 * practices of the real system (`00000000-0000-0000-0000-000000000001`) have none.
 */
export const identifier = z.guid()

export const pagination = z.object({
  total: z.int().min(0),
  limit: z.int().min(1),
  offset: z.int().min(0),
  hasMore: z.boolean(),
})
export type Pagination = z.infer<typeof pagination>

/** `?limit=&offset=` of every list. Numbers arrive as text in a query. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
}

export const listOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), pagination })
export const one = <T extends z.ZodType>(item: T) => z.object({ data: item })

/**
 * Text as a person typed it: trimmed at the ends, otherwise untouched. Escaping is the output's business. Half of a
 * surrogate pair is refused, for it could only be stored as another character, and so is what nobody could see.
 */
export const typedText = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .refine((text) => !isBlank(text), 'Write something')
    .refine((text) => text.isWellFormed(), 'Holds a broken character')

/** A flag in a query: `true` or `false`. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
