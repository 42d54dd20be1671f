import { channel } from 'node:diagnostics_channel'

export interface Exchange {
  readonly request: {
    readonly method: string
    /** Path and query. */
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
  }
  readonly response: { statusCode: number; getHeader: (name: string) => string | undefined }
}

/**
 * Tells of an exchange under the names of Node's HTTP server, which a function does not have: what writes a line per
 * request on a laptop then does so here, from the same few fields.
 * @source Node.js documentation, "Diagnostics Channel", built-in channels of HTTP
 */
export const exchangeStarted = (exchange: Exchange): void => channel('http.server.request.start').publish(exchange)
export const exchangeFinished = (exchange: Exchange): void => channel('http.server.response.finish').publish(exchange)
