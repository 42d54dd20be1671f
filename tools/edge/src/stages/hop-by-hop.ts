/** Between two neighbours only. @source RFC 9110 section 7.6.1 */
const HOP_BY_HOP = [
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['proxy-authenticate', 'proxy-authorization', 'expect'],
]

/** What a Connection header cannot take away: it says where a request goes and how long it is. */
const NEVER_NAMED = ['host', 'content-length']

/** Takes away what one hop must not pass to the next: hop-by-hop headers and what Connection names. In place. */
export function removeHopByHop(headers: Headers): void {
  const named = headers.get('connection')?.split(',') ?? []
  for (const name of [...HOP_BY_HOP, ...named.map((one) => one.trim().toLowerCase())]) {
    if (/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) && !NEVER_NAMED.includes(name)) headers.delete(name)
  }
}
