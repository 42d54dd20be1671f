/** Between two neighbours only. @source RFC 9110 section 7.6.1 */
const HOP_BY_HOP = [
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['proxy-authenticate', 'proxy-authorization', 'expect'],
]

/** What a Connection header cannot take away: it says where a request goes and how long it is. */
const NEVER_NAMED = ['host', 'content-length']

/** The headers of one hop that may go on to the next: without hop-by-hop headers and what Connection names. */
export function endToEndHeaders(headers: Headers): Headers {
  const named = (headers.get('connection') ?? '').split(',').map((name) => name.trim().toLowerCase())
  const kept = new Headers(headers)
  for (const name of [...HOP_BY_HOP, ...named]) {
    if (/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) && !NEVER_NAMED.includes(name)) kept.delete(name)
  }
  return kept
}
