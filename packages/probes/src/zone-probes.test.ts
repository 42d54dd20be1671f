import { scheduling } from '@sax/topology/third-zone'
import { describe, expect, test } from 'vitest'
import type { Ask, HttpQuestion } from './question.ts'
import { runProbe } from './run.ts'
import { zoneProbes } from './zone-probes.ts'

const probes = zoneProbes([scheduling])

interface Reply {
  readonly status: number
  readonly location?: string
  readonly part?: string
}

/** A site that carries the zone as it should, but for `fault`. */
function site(fault: (question: HttpQuestion) => Reply | undefined = () => undefined): Ask {
  return async (question) => {
    if (question.kind !== 'http') return { kind: 'unavailable', why: 'no logs here' }
    const good: Reply =
      question.path === '/scheduling/health'
        ? { status: 200, part: 'scheduling' }
        : /^\/scheduling(\/|$)/.test(question.path)
          ? { status: 302, location: '/login?returnTo=x' }
          : { status: 404 }
    const { status, location, part } = fault(question) ?? good
    const body = part === undefined ? '' : JSON.stringify({ data: { status: 'ok', part, release: 'r' } })
    return {
      kind: 'http',
      status,
      headers: location === undefined ? {} : { location },
      body,
      bodyBytes: body.length,
      requestId: 'r',
      elapsedMs: 1,
    }
  }
}

const outcomes = async (ask: Ask) =>
  Object.fromEntries(
    await Promise.all(probes.map(async (probe) => [probe.id, (await runProbe(probe, ask, () => 0)).outcome] as const)),
  )

const kept = {
  'zones.scheduling.owner': 'kept',
  'zones.scheduling.bare-path': 'kept',
  'zones.scheduling.case': 'kept',
}

test('a zone that is one entry in the topology has its probes', async () => {
  expect(await outcomes(site())).toEqual(kept)
})

describe('each mistake breaks the probe that is there for it', () => {
  test.each<[mistake: string, probe: keyof typeof kept, fault: (question: HttpQuestion) => Reply | undefined]>([
    [
      'R2: under the host the zone is answered by somebody else',
      'zones.scheduling.owner',
      ({ door, path }) =>
        door === 'host' && path.endsWith('/health') ? { status: 200, part: 'sleepconnect' } : undefined,
    ],
    [
      'R14: its own name leads elsewhere',
      'zones.scheduling.owner',
      ({ door }) => (door === 'scheduling' ? { status: 200 } : undefined),
    ],
    [
      'R5: the bare path is not found',
      'zones.scheduling.bare-path',
      ({ path }) => (path === '/scheduling' ? { status: 404 } : undefined),
    ],
    [
      'R11: a page answers anybody',
      'zones.scheduling.bare-path',
      ({ path }) => (path.endsWith('declared') ? { status: 200 } : undefined),
    ],
    [
      'R13: capital letters reach somebody',
      'zones.scheduling.case',
      ({ path }) => (path.startsWith('/SCHEDULING/API') ? { status: 200 } : undefined),
    ],
  ])('%s', async (_mistake, probe, fault) => {
    expect(await outcomes(site(fault))).toEqual({ ...kept, [probe]: 'broken' })
  })
})
