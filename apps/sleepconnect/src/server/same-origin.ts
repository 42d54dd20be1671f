/**
 * Whether a request comes from a page of this site. Browsers say so in `sec-fetch-site`, and in `origin` for writes;
 * `unknown` is a client that says neither, which no browser does for a POST.
 */
export function originOf(headers: Pick<Headers, 'get'>, appBaseUrl: string): 'this-site' | 'elsewhere' | 'unknown' {
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  if (site !== null && site !== 'same-origin') return 'elsewhere'
  if (origin !== null && origin !== new URL(appBaseUrl).origin) return 'elsewhere'
  return site === null && origin === null ? 'unknown' : 'this-site'
}
