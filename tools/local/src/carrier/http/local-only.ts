import type { MiddlewareHandler } from 'hono'

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/**
 * Refuses what a page of somebody else's makes a browser send: a foreign name that was pointed at this computer, and
 * changes that come from another origin. There is no password on this page.
 * @param knownAs names that lead here and to nobody else
 */
export function localOnly(knownAs: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host')
    if (host !== undefined && !LOCAL.test(host) && !knownAs.includes(host))
      return c.text('This address is for this computer only.', 403)
    const origin = c.req.header('origin')
    if (c.req.method !== 'GET' && origin !== undefined && origin !== `http://${host}`) {
      return c.text('Changes come from this page alone.', 403)
    }
    return next()
  }
}
