import * as z from 'zod'
import { identifier, listOf, one, pageQuery } from './list.ts'

export const patient = z.object({
  id: identifier,
  tenantId: identifier,
  practiceId: identifier,
  firstName: z.string(),
  lastName: z.string(),
  /** YYYY-MM-DD */
  dateOfBirth: z.iso.date(),
  /** E.164, null when unknown. */
  phone: z.string().nullable(),
  email: z.string().nullable(),
  /** IANA name, for example America/New_York. */
  timeZone: z.string(),
  /** BCP 47, for example en or es. */
  preferredLanguage: z.string(),
  createdAt: z.iso.datetime(),
})
export type Patient = z.infer<typeof patient>

export const patientListQuery = z.object({
  ...pageQuery,
  /** Name in any order, accents ignored; or a phone number in any notation; or a date of birth YYYY-MM-DD. */
  search: z.string().trim().max(100).optional(),
})

export const patientList = listOf(patient)
export const patientOne = one(patient)
