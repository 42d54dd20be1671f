import type { Behavior } from '../config/distribution.ts'
import { forwardsCookies } from './set-cookie.ts'
import { viewerVary } from './vary.ts'

/** An origin's headers without what a behaviour keeps from viewers: Set-Cookie where no cookies go in, names in Vary that are not forwarded. */
export function viewerHeaders(origin: Headers, behavior: Behavior): Headers {
  const headers = new Headers(origin)
  const vary = viewerVary(origin.get('vary'), behavior)
  if (vary === undefined) headers.delete('vary')
  else headers.set('vary', vary)
  if (!forwardsCookies(behavior)) headers.delete('set-cookie')
  return headers
}
