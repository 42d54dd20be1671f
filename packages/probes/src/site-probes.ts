import { carriedZones } from '@sax/topology'
import { anonymousProbes } from './anonymous-probes.ts'
import { apiProbes } from './api-probes.ts'
import { assetProbes } from './asset-probes.ts'
import { backendProbes } from './backend-probes.ts'
import { contextProbes } from './context-probes.ts'
import { headerProbes } from './header-probes.ts'
import { isolationProbes } from './isolation-probes.ts'
import { pathProbes } from './path-probes.ts'
import type { Probe } from './probe.ts'
import { releaseProbes } from './release-probes.ts'
import type { SiteFacts } from './site-facts.ts'
import { standaloneProbes } from './standalone-probes.ts'
import { zoneProbes } from './zone-probes.ts'

/** Every promise of the site, in the order the checklist asks: API, identity, assets, pages, then what must not happen. */
export function siteProbes(facts: SiteFacts): readonly Probe[] {
  return [
    ...apiProbes(facts),
    ...contextProbes(facts),
    ...backendProbes(facts),
    ...assetProbes(facts),
    ...standaloneProbes(facts),
    ...zoneProbes(carriedZones),
    ...pathProbes(facts),
    ...anonymousProbes(facts),
    ...isolationProbes(facts),
    ...headerProbes(facts),
    ...releaseProbes,
  ]
}
