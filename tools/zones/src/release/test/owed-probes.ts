import type { StageProbe } from '../ports.ts'

/** Looks that a release cannot do without, all of one outcome but for the one of that id. */
export function owedProbes(
  outcome: StageProbe['outcome'],
  but: Readonly<Record<string, StageProbe['outcome']>> = {},
): readonly StageProbe[] {
  return ['release.expected', 'release.named', 'api.templates.executed.host', 'origins.bucket.outreach'].map((id) => ({
    id,
    title: `What ${id} is about`,
    outcome: but[id] ?? outcome,
    findings: [],
  }))
}
