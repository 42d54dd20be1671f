import * as z from 'zod'
import { identifier, listOf, pageQuery } from './list.ts'

/** One look at a patient's data. */
export const access = z.object({
  at: z.iso.datetime(),
  saxId: z.int(),
  /** Null when nobody of the tenant is known by this id. */
  name: z.string().nullable(),
  practiceName: z.string(),
  /** For example `conversations.read`. */
  action: z.string(),
  conversationId: identifier.nullable(),
})
export type Access = z.infer<typeof access>

export const accessReportQuery = z.object({
  ...pageQuery,
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
})

/** Newest first. */
export const accessReport = listOf(access)
