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

/** ISO 8601 knows a year 0, and calendars that count from 1 do not. @source PostgreSQL manual, "Date/Time Types" */
const moment = z.iso.datetime().refine((at) => !at.startsWith('0000'), 'There is no such year')

export const accessReportQuery = z.object({
  ...pageQuery,
  from: moment.optional(),
  until: moment.optional(),
})

/** Newest first. */
export const accessReport = listOf(access)
