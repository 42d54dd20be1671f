/** The lowest version of a dependency that may be installed, and why. */
export interface Floor {
  readonly dependency: string
  readonly atLeast: string
  readonly advisory: string
  /** Day the advisories were last read, YYYY-MM-DD. Raise it whenever you look again. */
  readonly reviewedOn: string
}

/** A version below its floor that somebody decided to live with, for a while. */
export interface Waiver {
  readonly dependency: string
  readonly reason: string
  /** Last day it counts, YYYY-MM-DD. */
  readonly until: string
}

/** @source GitHub Advisory Database, GHSA-xqc2-xf4c-x3h3: code execution through React Server Components; first fixed in Next 16.4.1 and React 19.3.1 */
const serverComponents = { advisory: 'GHSA-xqc2-xf4c-x3h3 (CVE-2026-126187)', reviewedOn: '2026-11-23' }

export const floors: readonly Floor[] = [
  { dependency: 'next', atLeast: '16.4.1', ...serverComponents },
  { dependency: 'react', atLeast: '19.3.1', ...serverComponents },
  { dependency: 'react-dom', atLeast: '19.3.1', ...serverComponents },
]

export const waivers: readonly Waiver[] = []
