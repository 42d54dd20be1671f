import type { Role } from '@sax/user-context'

/**
 * Whether a person reaches every practice of the tenant, and so has to be told which one a conversation is of. The
 * backend decides who does; the screen keeps the place for it before the first answer is there.
 */
export function reachesAllPractices(roles: readonly Role[]): boolean {
  return roles.includes('administrator')
}
