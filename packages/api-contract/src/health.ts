import { z } from 'zod'
import { one } from './list.ts'

/** What a part says of itself. `degraded`: it answers, something it needs does not. */
export const health = z.object({
  status: z.enum(['ok', 'degraded']),
  part: z.string(),
  release: z.string(),
  /** Parts it depends on, by name. */
  dependencies: z.record(z.string(), z.enum(['ok', 'unavailable'])).optional(),
})
export type Health = z.infer<typeof health>
export const healthOne = one(health)
