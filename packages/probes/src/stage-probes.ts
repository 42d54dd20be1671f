import { expectedReleaseProbes } from './expected-release.ts'
import { originProbes } from './origin-probes.ts'
import type { Probe } from './probe.ts'
import { siteProbes } from './site-probes.ts'
import type { StageFacts } from './stage-facts.ts'
import { timingProbes } from './timing-probes.ts'
import { tlsProbes } from './tls-probes.ts'
import { zoneAssetProbes } from './zone-asset-probes.ts'

/** Every promise of a deployed stage: what every site owes, and what only a stage can. */
export function stageProbes(facts: StageFacts): readonly Probe[] {
  return [
    ...siteProbes(facts),
    ...zoneAssetProbes(facts),
    ...expectedReleaseProbes(facts),
    ...originProbes(facts),
    ...tlsProbes(facts),
    ...timingProbes(facts),
  ]
}

/** What a stage is asked right after traffic was moved: whatever a release can break for everybody at once. */
const QUICK: readonly RegExp[] = [
  /^api\.templates\./,
  /^context\.(?:right|forged|expired|wrong-audience|second-tenant)$/,
  /^backend\.(?:bypass|no-token|right)$/,
  /^assets\.zone\./,
  /^assets\.missing$/,
  /^standalone\./,
  /^zones\..+\.(?:owner|bare-path)$/,
  /^isolation\.json$/,
  /^headers\.(?:page|api)$/,
  /^release\./,
  /^origins\./,
]

/** The part of them that takes seconds and no browser. */
export function quickStageProbes(facts: StageFacts): readonly Probe[] {
  return stageProbes(facts).filter(({ id }) => QUICK.some((pattern) => pattern.test(id)))
}
