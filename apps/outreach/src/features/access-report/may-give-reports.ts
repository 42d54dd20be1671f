import type { Role } from '@sax/user-context'

/** Whether a person gives out access reports. The backend decides; the screen offers nothing it would refuse. */
export function mayGiveReports(roles: readonly Role[]): boolean {
  return roles.some((role) => role !== 'coordinator')
}
