/** @source AWS CloudFront Developer Guide, "Path pattern": longest pattern, in characters */
const MAX_PATTERN_LENGTH = 255

/**
 * A test for one CloudFront path pattern: case counts, `*` is any run of characters (`/` included), `?` exactly one,
 * the query does not take part, a leading slash is optional.
 * @throws Error when the pattern is longer than CloudFront takes.
 * @source AWS CloudFront Developer Guide, "Path pattern"
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  if (pattern.length > MAX_PATTERN_LENGTH) throw new Error(`path pattern of ${pattern.length} characters: ${pattern}`)
  const whole = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`
  const source = whole
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.')
  const expression = new RegExp(`^${source}$`, 's')
  return (path) => expression.test(path)
}
