import * as z from 'zod'
import { one } from './list.ts'

/** What a part says of itself. `degraded`: it answers, something it needs does not. */
export const health = z.object({
  status: z.enum(['ok', 'degraded']),
  part: z.string(),
  release: z.string(),
  /** Versions of the contracts it speaks, by name. Parts that speak the same one have to agree on its version. */
  contracts: z.record(z.string(), z.number().int().positive()).optional(),
  /** Parts it depends on, by name. */
  dependencies: z.record(z.string(), z.enum(['ok', 'unavailable'])).optional(),
  /** Name of the newest migration of its database, where it has one and may tell. */
  migration: z.string().optional(),
  /** What parts behind it, which nobody outside can ask, said of themselves. `responseTimeMs`: as this part measured it. */
  upstream: z
    .array(
      z.object({
        part: z.string(),
        status: z.enum(['ok', 'degraded']),
        release: z.string(),
        responseTimeMs: z.number().min(0),
        migration: z.string().optional(),
      }),
    )
    .optional(),
})
export type Health = z.infer<typeof health>
export const healthOne = one(health)
