import { HOP_HEADER, identityHeaders, internalHeaderPrefixes } from '@sax/topology'

/**
 * The request's headers as the pages may see them: without identity headers (only the verified token says who asks)
 * and without names that belong to the framework's inside.
 */
export function withoutForgeableHeaders(headers: Headers): Headers {
  const kept = new Headers(headers)
  for (const name of [...headers.keys()]) {
    const forged =
      internalHeaderPrefixes.some((prefix) => name.startsWith(prefix)) ||
      (identityHeaders as readonly string[]).includes(name)
    if (forged) kept.delete(name)
  }
  kept.delete(HOP_HEADER)
  // Next takes the nonce of its scripts from this header; a client must not choose it.
  kept.delete('content-security-policy')
  kept.delete('content-security-policy-report-only')
  kept.delete('x-nonce')
  return kept
}
