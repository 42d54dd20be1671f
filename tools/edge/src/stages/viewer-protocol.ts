import type { Behavior } from '../config/distribution.ts'

/** What the viewer protocol policy makes of a request. */
export type ProtocolVerdict =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'redirect'; readonly status: 301 | 307; readonly location: string }

/**
 * Over HTTPS everything passes. Over HTTP, `redirect-to-https` sends the viewer to the same address (301 for GET and
 * HEAD; 307 for all others, so that method and body are repeated), `https-only` refuses with 403.
 * @source AWS CloudFront Developer Guide, "Require HTTPS for communication between viewers and CloudFront"
 */
export function viewerProtocol(
  { viewerProtocolPolicy }: Behavior,
  { protocol, method, host, target }: { protocol: 'http' | 'https'; method: string; host: string; target: string },
): ProtocolVerdict {
  if (protocol === 'https' || viewerProtocolPolicy === 'allow-all') return { kind: 'allowed' }
  if (viewerProtocolPolicy === 'https-only') return { kind: 'refused' }
  const status = method === 'GET' || method === 'HEAD' ? 301 : 307
  return { kind: 'redirect', status, location: `https://${host.replace(/:\d*$/, '')}${target}` }
}
