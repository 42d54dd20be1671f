/** Cookie that counts redirects to sign-in. It says nothing about the person. */
export const REDIRECT_COOKIE = 'outreach-redirects'

/** So many redirects in so many seconds are a loop, not a person. */
export const MAX_REDIRECTS = 3
export const WINDOW_SEC = 30

export type Budget =
  | { readonly kind: 'redirect'; readonly cookieValue: string; readonly maxAgeSec: number }
  | { readonly kind: 'exhausted' }

/**
 * Whether one more redirect may be answered. The cookie holds `<count>.<start of the window, seconds>`; anything else
 * starts a new window, so that a broken cookie never locks a person out.
 */
export function spendRedirect(cookieValue: string | undefined, nowSec: number): Budget {
  const [, count, since] = /^([0-9]{1,2})\.([0-9]{1,12})$/.exec(cookieValue ?? '') ?? []
  const startSec = Number(since)
  const ageSec = nowSec - startSec
  const live = count !== undefined && ageSec >= 0 && ageSec < WINDOW_SEC
  if (!live) return { kind: 'redirect', cookieValue: `1.${Math.floor(nowSec)}`, maxAgeSec: WINDOW_SEC }
  if (Number(count) >= MAX_REDIRECTS) return { kind: 'exhausted' }
  return {
    kind: 'redirect',
    cookieValue: `${Number(count) + 1}.${startSec}`,
    maxAgeSec: Math.max(1, Math.ceil(WINDOW_SEC - ageSec)),
  }
}
