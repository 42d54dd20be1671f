import type { Incident } from './incident-list.ts'
import type { TestRun } from './test-run.ts'

/** How one incident stands. `open`: no test that ran shows what stops it. */
export interface Standing {
  readonly incident: Incident
  readonly state: 'stopped' | 'open' | 'failed'
  readonly tests: readonly TestRun[]
}

/** How every incident stands, in the list's order. */
export function standings(incidents: readonly Incident[], runs: readonly TestRun[]): readonly Standing[] {
  return incidents.map((incident) => {
    const tests = runs.filter(({ ids }) => ids.includes(incident.id))
    return { incident, state: stateOf(tests), tests }
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
