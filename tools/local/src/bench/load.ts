import autocannon from 'autocannon'

export interface Load {
  readonly what: string
  readonly connections: number
  readonly requestsPerSec: number
  /** Milliseconds. */
  readonly p50Ms: number
  readonly p99Ms: number
  /** Answers that were not 2xx, and requests without any. */
  readonly failures: number
}

export interface Target {
  readonly what: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

const WARM_UP_SEC = 3

/** Asks one URL over so many connections for so long, after a warm-up that is not counted. */
export async function measureLoad(
  { what, url, headers }: Target,
  connections: number,
  durationSec: number,
): Promise<Load> {
  const ask = (duration: number) =>
    autocannon({ url, connections, duration, headers: { 'user-agent': 'bench', ...headers } })
  await ask(WARM_UP_SEC)
  const { requests, latency, non2xx, errors } = await ask(durationSec)
  return {
    what,
    connections,
    requestsPerSec: Math.round(requests.average),
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    failures: non2xx + errors,
  }
}
