import { isNotModified } from './conditional.ts'
import { rangeOf } from './range.ts'
import type { CachedObject } from './store.ts'

/** Statuses whose answers have no body. @source Fetch Standard, "null body status" */
const BODILESS = [101, 103, 204, 205, 304]

/** A viewer's answer made from a kept object: 304 for what it holds already, 206 or 416 for a range, no body for a HEAD. */
export function answerFromCache(object: CachedObject, method: string, viewer: Headers): Response {
  const { status, body } = object
  const headers = new Headers(object.headers as [string, string][])
  if (status === 200 && (method === 'GET' || method === 'HEAD') && isNotModified(viewer, headers)) {
    for (const name of ['content-length', 'content-encoding', 'content-type']) headers.delete(name)
    return new Response(null, { status: 304, headers })
  }
  if (method === 'HEAD' || BODILESS.includes(status)) return new Response(null, { status, headers })
  if (status === 200 && method === 'GET' && viewer.has('range')) {
    const range = rangeOf(viewer, headers, body.byteLength)
    if (range.kind === 'part') {
      headers.set('content-range', `bytes ${range.first}-${range.last}/${body.byteLength}`)
      headers.set('content-length', String(range.last - range.first + 1))
      return new Response(body.subarray(range.first, range.last + 1), { status: 206, headers })
    }
    if (range.kind === 'unsatisfiable') {
      const said = { 'content-range': `bytes */${body.byteLength}`, 'content-length': '0' }
      return new Response(null, { status: 416, headers: said })
    }
  }
  return new Response(body, { status, headers })
}
