/**
 * Headers of every page and API answer of the host. Nothing is loaded from elsewhere and nothing is kept by a cache.
 * Styles are allowed inline because Radix and React write style attributes; scripts need the nonce.
 * @param evalAllowed only for the development server's error overlay
 */
export function securityHeaders(nonce: string, evalAllowed: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(nonce, evalAllowed),
    'cache-control': 'private, no-store',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
}

export function contentSecurityPolicy(nonce: string, evalAllowed: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${evalAllowed ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
