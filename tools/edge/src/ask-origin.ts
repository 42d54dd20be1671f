import type { AskOrigin } from './caching/cache-lookup.ts'
import type { Forward } from './decide.ts'

/** Never aborted: for answers that more than one viewer may wait for. */
const NOBODY_LEAVES = new AbortController().signal

const CONDITIONS = ['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since', 'range']

/** How caching asks the origin of a decision: with headers of its own, which win over the viewer's. */
export function askOriginOf(forward: Pick<Forward, 'origin' | 'request'>): AskOrigin {
  return (own, isShared) => {
    const { origin, request } = forward
    const headers = new Headers(request.headers)
    if (own.has('if-none-match') || own.has('if-modified-since')) for (const name of CONDITIONS) headers.delete(name)
    for (const [name, value] of own) headers.set(name, value)
    return origin({ ...request, headers, signal: isShared ? NOBODY_LEAVES : request.signal })
  }
}
