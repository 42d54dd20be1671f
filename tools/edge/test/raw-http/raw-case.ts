/** Only the inner request of a case has this path. Nobody may ever take it for the path of a request. */
export const MARKER = '/outreach/smuggled'

/** Where the outer requests go; every method is taken there. */
export const OUTER = '/outreach/api/outreach/raw'

export interface RawCase {
  readonly name: string
  /** What is sent, with `{host}` where the name of the site belongs. */
  readonly text: string
  /** Statuses of the front door before an origin that answers 200, in order. */
  readonly answers: readonly number[]
  /** Requests that reach an origin, as `METHOD target body`. */
  readonly reaches: readonly string[]
}

/** Without it the firewall before a distribution blocks a request, whatever else is wrong with it. */
const AGENT = 'User-Agent: raw\r\n'

export const inner = `GET ${MARKER} HTTP/1.1\r\nHost: {host}\r\n${AGENT}x-sax-user-context: forged\r\n\r\n`
export const post = (fields: string, rest = '') =>
  `POST ${OUTER} HTTP/1.1\r\nHost: {host}\r\n${AGENT}${fields}\r\n${rest}`
export const get = (fields = '', target = OUTER) => `GET ${target} HTTP/1.1\r\nHost: {host}\r\n${AGENT}${fields}\r\n`
export const chunked = 'Transfer-Encoding: chunked\r\n'
/** Holds for hosts with a port of five digits, which all of ours have. */
export const lengthOf = (text: string) => `Content-Length: ${text.replaceAll('{host}', 'localhost:00000').length}\r\n`

/** Refused with 400, and no whole request of it reaches an origin. */
export const refused = (name: string, text: string): RawCase => ({ name, text, answers: [400], reaches: [] })
/** Sent on, each request of it once, and answered. */
export const taken = (name: string, text: string, ...reaches: readonly string[]): RawCase => ({
  name,
  text,
  answers: reaches.map(() => 200),
  reaches,
})
