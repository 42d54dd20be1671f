import { request } from 'node:http'
import { setTimeout as after } from 'node:timers/promises'

const ASK_EVERY_MS = 60

/**
 * Asks `url` until it answers with a status below 500; false when `withinMs` passes or `hasEnded` first. A part that
 * answers "degraded" is ready: it listens, and says of its neighbours what is true.
 */
export async function waitUntilReady(url: string, withinMs: number, hasEnded: () => boolean): Promise<boolean> {
  const until = performance.now() + withinMs
  while (performance.now() < until) {
    if (hasEnded()) return false
    const status = await ask(url)
    if (status !== undefined && status < 500) return !hasEnded()
    await after(ASK_EVERY_MS)
  }
  return false
}

function ask(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asked = request(url, { agent: false, timeout: 10_000, headers: { 'user-agent': 'start' } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(undefined))
    asked.end()
  })
}
