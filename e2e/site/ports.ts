import type { LocalPart } from '@sax/topology'

/** Far from the developer's own site, which may be running. A busy one is exchanged for a free one. */
const BASE = 27_000

/** Ports of the `index`th site under test. */
export function sitePorts(index: number): Partial<Record<LocalPart, number>> {
  const first = BASE + index * 100
  return {
    edgeHost: first + 80,
    edgeOutreach: first + 81,
    hostPages: first + 30,
    outreachPages: first + 31,
    outreachApiRoutes: first + 32,
    api: first + 40,
    identityProvider: first + 41,
    carrierSimulator: first + 42,
    outreachWorker: first + 43,
    postgres: first + 54,
  }
}
