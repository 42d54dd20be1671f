import { stages } from './stages.ts'
import type { Stage } from './types.ts'

/** Public base URL of the host zone, without a trailing slash. */
export function hostUrl(stage: Stage): string {
  return `${stages[stage].scheme}://${stages[stage].domains.sleepconnect.name}`
}

/** Public base URL of the zone's own name, without a trailing slash and without the base path. */
export function outreachUrl(stage: Stage): string {
  return `${stages[stage].scheme}://${stages[stage].domains.outreach.name}`
}
