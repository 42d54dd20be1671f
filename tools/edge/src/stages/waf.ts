import type { WebAcl } from '../config/distribution.ts'
import { readAtMost } from '../read-at-most.ts'

/** Addresses counted at once. Beyond, the one that was counted first is forgotten. */
const MAX_ADDRESSES = 100_000

/** What the firewall looks at. `bodyBytes` and `userAgent` undefined: the request does not say. */
export interface Inspected {
  readonly ip: string
  readonly bodyBytes: number | undefined
  readonly userAgent: string | undefined
}

/** True when a request may pass. Counts it. */
export type Firewall = (request: Inspected) => boolean

/**
 * The rules of a web ACL that runs before cache and functions; what it blocks is answered 403. Requests are counted in
 * fixed windows per address, whereas AWS WAF looks back over a sliding one and needs some seconds to notice.
 * @source AWS WAF Developer Guide, "Using rate-based rule statements in AWS WAF", "Size constraint rule statement" and
 * "Baseline rule groups" (NoUserAgent_HEADER)
 */
export function createFirewall(acl: WebAcl | undefined, nowMs: () => number): Firewall {
  const isWithinRate = rateRule(acl?.rate, nowMs)
  return ({ ip, bodyBytes, userAgent }) => {
    const isTooLarge = (bodyBytes ?? 0) > (acl?.bodySize?.limitBytes ?? Number.POSITIVE_INFINITY)
    const isNameless = (userAgent ?? '') === '' && acl?.needsUserAgent === true
    return isWithinRate(ip) && !isNameless && !(isTooLarge && acl?.bodySize?.action === 'block')
  }
}

function rateRule(rate: WebAcl['rate'], nowMs: () => number): (ip: string) => boolean {
  if (rate === undefined) return () => true
  const counts = new Map<string, number>()
  let window = 0
  return (ip) => {
    const now = Math.floor(nowMs() / 1000 / rate.windowSec)
    if (now !== window) counts.clear()
    window = now
    const count = (counts.get(ip) ?? 0) + 1
    counts.set(ip, count)
    const [oldest] = counts.keys()
    if (counts.size > MAX_ADDRESSES && oldest !== undefined) counts.delete(oldest)
    return count <= rate.limit
  }
}

/** A body that does not announce its size, if it is known by reading to keep within `limitBytes`; else undefined. */
export async function bodyWithin(
  body: ReadableStream<Uint8Array>,
  limitBytes: number,
): Promise<ReadableStream<Uint8Array> | undefined> {
  const chunks = await readAtMost(body, limitBytes)
  if (chunks === undefined) return undefined
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}
