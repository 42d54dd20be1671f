import type { SiteFacts } from './site-facts.ts'

/** What has to be known of a deployed stage beside what every site shows. */
export interface StageFacts extends SiteFacts {
  /** Every public host name of the site, aliases and the API included, without scheme. */
  readonly tlsNames: readonly string[]
  /** Days for which every certificate has to be good still. */
  readonly certificateDays: number
  /** Further names under which a zone answers, each with a door of its own. */
  readonly otherDoors: readonly { readonly door: string; readonly zone: string }[]
  /** Functions with an address of their own that only the distribution may ask, as doors `function-url:<role>`. */
  readonly functionUrls: readonly string[]
  /** Zones whose bucket of files only the distributions may read. */
  readonly buckets: readonly string[]
  /** Release that a function has to say of itself, by role; one that is missing may run any. Undefined: all say the same. */
  readonly expected: Readonly<Record<string, string>> | undefined
  /** Roles of the functions that somebody waits for: of each it has to be known how long it takes to start. */
  readonly awaited: readonly string[]
  /** Milliseconds. */
  readonly objectives: { readonly coldStartMs: number; readonly warmMs: number }
}

export const functionUrlDoor = (role: string) => `function-url:${role}`
