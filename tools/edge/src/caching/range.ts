/** What a Range header asks of a whole object. Positions are inclusive. */
export type Range =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  | { readonly kind: 'unsatisfiable' }

/**
 * The part of a kept object that a request asks for. One range is served; several, or one that cannot be read, get the
 * whole object, which a server may always send. A range under an If-Range that does not name this very object too.
 * @source AWS CloudFront Developer Guide, "How CloudFront processes partial requests for an object (range GETs)"; RFC 9110 section 14
 */
export function rangeOf(viewer: Headers, object: Headers, sizeBytes: number): Range {
  const header = viewer.get('range')
  if (header === null || !isStillMeant(viewer.get('if-range'), object)) return { kind: 'whole' }
  const [, from = '', to = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header) ?? []
  if (from === '' && to === '') return { kind: 'whole' }
  if (from === '') {
    const lastBytes = Number(to)
    if (lastBytes === 0 || sizeBytes === 0) return { kind: 'unsatisfiable' }
    return { kind: 'part', first: Math.max(0, sizeBytes - lastBytes), last: sizeBytes - 1 }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return { kind: 'whole' }
  if (first >= sizeBytes) return { kind: 'unsatisfiable' }
  return { kind: 'part', first, last: to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1) }
}

/** Only a strong ETag or the exact date will do. @source RFC 9110 section 13.1.5 */
function isStillMeant(ifRange: string | null, object: Headers): boolean {
  if (ifRange === null) return true
  return ifRange.startsWith('"') ? ifRange === object.get('etag') : ifRange === object.get('last-modified')
}
