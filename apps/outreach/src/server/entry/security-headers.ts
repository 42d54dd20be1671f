/** Header that tells the pages which nonce their scripts must carry. */
export const NONCE_HEADER = 'x-nonce'

/**
 * The content security policy of a page. Scripts need the request's nonce. Styles may be inline: positions computed by
 * Radix, the virtual list and the toaster are style attributes and elements made at run time.
 * Development evaluates code for hot reload.
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Headers of every answer that is not a public file. */
export const answerHeaders = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
} as const
