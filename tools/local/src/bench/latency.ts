import { Agent, request } from 'node:http'

export interface Latency {
  readonly p50Ms: number
  readonly p99Ms: number
}

/**
 * How long one answer takes, its body included, asked one after the other over one kept connection: what a person
 * waits, without any queue. Finer than the load generator, which counts whole milliseconds.
 * @throws Error when an answer is not 2xx: a refusal is quick and says nothing.
 */
export async function measureLatency(
  url: string,
  headers: Readonly<Record<string, string>>,
  rounds: number,
): Promise<Latency> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    // What runs for the first time compiles first.
    for (let i = 0; i < rounds / 4; i += 1) await once(url, headers, agent)
    const took: number[] = []
    for (let i = 0; i < rounds; i += 1) {
      const startedMs = performance.now()
      await once(url, headers, agent)
      took.push(performance.now() - startedMs)
    }
    took.sort((a, b) => a - b)
    return { p50Ms: percentile(took, 0.5), p99Ms: percentile(took, 0.99) }
  } finally {
    agent.destroy()
  }
}

/** The value below which the given part of the sorted values lies (nearest rank). */
export function percentile(sorted: readonly number[], part: number): number {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)]
  if (value === undefined) throw new Error('no values')
  return value
}

function once(url: string, headers: Readonly<Record<string, string>>, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { 'user-agent': 'bench', ...headers }, agent }, (answer) => {
      answer.on('error', reject)
      answer.on('end', () => {
        const status = answer.statusCode ?? 0
        if (status >= 200 && status < 300) resolve()
        else reject(new Error(`answered ${status}`))
      })
      answer.resume()
    })
    asked.on('error', reject)
    asked.end()
  })
}
