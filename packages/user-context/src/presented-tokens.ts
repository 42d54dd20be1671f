/** Most tokens one request may present; the rest is ignored, so that a request cannot buy unbounded signature checks. */
const MAX_PRESENTED = 4

/** Header and cookie of this name carry the token. */
export const USER_CONTEXT_NAME = 'x-sax-user-context'

/**
 * The tokens a request presents, in the order they are judged: `Authorization: Bearer`, the header, then cookies of
 * that name. Empty values are not presented.
 */
export function presentedTokens(headers: Pick<Headers, 'get'>): readonly string[] {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  const header = headers.get(USER_CONTEXT_NAME)?.trim()
  const cookies = (headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${USER_CONTEXT_NAME}=`))
    .map((pair) => pair.slice(USER_CONTEXT_NAME.length + 1).replace(/^"(.*)"$/, '$1'))
  return [bearer, header, ...cookies]
    .filter((token) => token !== undefined && token !== '')
    .slice(0, MAX_PRESENTED) as string[]
}

/** A Cookie header without any cookie of the token's name, whatever its case; null when none is left. */
export function withoutUserContextCookie(cookieHeader: string | null): string | null {
  const kept = (cookieHeader ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && (pair.split('=', 1)[0] ?? '').trim().toLowerCase() !== USER_CONTEXT_NAME)
  return kept.length > 0 ? kept.join('; ') : null
}
