/**
 * A path as it is compared with path patterns: dot segments resolved, runs of slashes made one. Only the comparison
 * sees it; what is sent on is the path as it came. Percent encodings are left alone: the guide names slashes and
 * periods, and says nothing of them.
 * @source AWS CloudFront Developer Guide, "Path pattern"; RFC 3986 section 5.2.4
 */
export function normalizePath(path: string): string {
  if (!path.includes('//') && !path.includes('/.')) return path
  const kept: string[] = []
  const segments = path.replace(/\/{2,}/g, '/').split('/')
  segments.forEach((segment, i) => {
    const isLast = i === segments.length - 1
    if (segment === '..' && kept.length > 1) kept.pop()
    if (segment !== '.' && segment !== '..') kept.push(segment)
    else if (isLast) kept.push('')
  })
  return kept.join('/')
}
