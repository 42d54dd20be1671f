'use client'

import { healthOne } from '@sax/api-contract'
import { host, outreach, outreachApiPath } from '@sax/topology'
import { useQuery } from '@tanstack/react-query'
import { type HealthAnswer, ownReport, type PartReport, reportedBy } from './part-report.ts'

/** Time between two looks, in milliseconds. */
export const EVERY_MS = 10_000
const TIMEOUT_MS = 5000

/** The health of each part, asked through the site's front door as every person's browser asks. */
export function useParts() {
  return useQuery({ queryKey: ['parts'], queryFn: askAll, refetchInterval: EVERY_MS, staleTime: 0 })
}

async function askAll(): Promise<{ readonly parts: readonly PartReport[]; readonly checkedAt: string }> {
  const [hostPages, outreachPages, apiRoutes] = await Promise.all([
    ask(host.healthPath),
    ask(outreach.healthPath),
    ask(outreachApiPath('health')),
  ])
  return {
    parts: [
      ownReport({ name: 'sleepconnect', what: 'SleepConnect pages' }, hostPages),
      ownReport({ name: 'outreach', what: 'Outreach pages' }, outreachPages),
      ownReport({ name: 'outreach-api-routes', what: 'Outreach API routes' }, apiRoutes),
      reportedBy({ name: 'outreach-api', what: 'Outreach backend' }, apiRoutes),
    ],
    checkedAt: new Date().toISOString(),
  }
}

async function ask(path: string): Promise<HealthAnswer> {
  const startMs = performance.now()
  try {
    const response = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) })
    const responseTimeMs = Math.round(performance.now() - startMs)
    const parsed = healthOne.safeParse(await response.json())
    return parsed.success ? { kind: 'answered', health: parsed.data.data, responseTimeMs } : { kind: 'silent' }
  } catch {
    // Refused, timed out or not JSON: to the person at the screen it is all the same, the part does not answer.
    return { kind: 'silent' }
  }
}
