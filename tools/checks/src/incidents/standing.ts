import type { Incident } from './incident-list.ts'
import type { TestRun } from './test-run.ts'

/** How one incident stands. `open`: no test that ran shows what stops it. `not here`: there is nothing it could happen to. */
export interface Standing {
  readonly incident: Incident
  readonly state: 'stopped' | 'open' | 'failed' | 'not here'
  readonly tests: readonly TestRun[]
}

/** Failures of something that this site does not have, and why. Whoever builds it stages the failure first. */
export const notHere: Readonly<Record<string, string>> = {
  S8: 'nobody looks roles up: they are in verified claims',
  S13: 'there is no socket: news is asked for like everything else',
}

/** How every incident stands, in the list's order. */
export function standings(incidents: readonly Incident[], runs: readonly TestRun[]): readonly Standing[] {
  return incidents.map((incident) => {
    const tests = runs.filter(({ ids }) => ids.includes(incident.id))
    return { incident, state: tests.length === 0 && incident.id in notHere ? 'not here' : stateOf(tests), tests }
  })
}

/** Ids that tests name and the list does not know: a typo would otherwise look like an open row. */
export function unknownIds(incidents: readonly Incident[], runs: readonly TestRun[]): readonly string[] {
  const known = new Set(incidents.map(({ id }) => id))
  return [...new Set(runs.flatMap(({ ids }) => ids).filter((id) => !known.has(id)))]
}

function stateOf(tests: readonly TestRun[]): Standing['state'] {
  if (tests.some(({ status }) => status === 'failed')) return 'failed'
  return tests.some(({ status }) => status === 'passed') ? 'stopped' : 'open'
}
