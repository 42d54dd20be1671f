import * as z from 'zod'
import { identifier, listOf } from './list.ts'

/** A practice in which the person who asks holds a role, in any of their tenants. */
export const practice = z.object({
  id: identifier,
  tenantId: identifier,
  tenantName: z.string(),
  name: z.string(),
  /** E.164 */
  phone: z.string(),
  /** IANA name */
  timeZone: z.string(),
  /** The person's roles there. */
  roles: z.array(z.enum(['coordinator', 'manager', 'administrator'])),
})
export type Practice = z.infer<typeof practice>

export const practiceList = listOf(practice)
