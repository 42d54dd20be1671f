/**
 * A test for one CloudFront path pattern: case counts, `*` is any run of characters (`/` included), `?` exactly one,
 * the query does not take part.
 * @source AWS CloudFront Developer Guide, "Path pattern"
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  const source = withSlash(pattern)
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const expression = new RegExp(`^${source}$`, 's')
  return (path) => expression.test(path)
}

/** A path that the first pattern takes and the second takes too, or undefined when they never meet. */
export function sharedPath(first: string, second: string): string | undefined {
  return witness(first, second, (inFirst, inSecond) => inFirst && inSecond)
}

/** A path that the first pattern takes and the second does not, or undefined when the second covers the first. */
export function pathOnlyIn(first: string, second: string): string | undefined {
  return witness(first, second, (inFirst, inSecond) => inFirst && !inSecond)
}

/** Stands for every character that neither pattern spells. */
const ANY_OTHER = 'x'

/** Walks both patterns at once over all words, shortest first; exact, since the sets of positions are finite. */
function witness(
  first: string,
  second: string,
  wanted: (inFirst: boolean, inSecond: boolean) => boolean,
): string | undefined {
  const patterns = [withSlash(first), withSlash(second)] as const
  const letters = [...new Set([ANY_OTHER, ...patterns.join('').replace(/[*?]/g, '')])]
  const start = { word: '', positions: patterns.map((pattern) => spread(pattern, [0])) }
  const queue = [start]
  const seen = new Set([key(start.positions)])
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const [inFirst, inSecond] = at.positions.map((positions, i) => positions.includes(patterns[i]?.length ?? -1))
    if (wanted(inFirst === true, inSecond === true)) return at.word
    for (const letter of letters) {
      const positions = at.positions.map((from, i) => step(patterns[i] ?? '', from, letter))
      if (seen.has(key(positions))) continue
      seen.add(key(positions))
      queue.push({ word: at.word + letter, positions })
    }
  }
  return undefined
}

function step(pattern: string, from: readonly number[], letter: string): readonly number[] {
  const next = from.flatMap((position) => {
    const expected = pattern[position]
    if (expected === '*') return [position]
    return expected === letter || expected === '?' ? [position + 1] : []
  })
  return spread(pattern, next)
}

/** A `*` may also stand for nothing: its position implies the one behind it. */
function spread(pattern: string, positions: readonly number[]): readonly number[] {
  const all = new Set(positions)
  for (const position of all) if (pattern[position] === '*') all.add(position + 1)
  return [...all].sort((a, b) => a - b)
}

function key(positions: readonly (readonly number[])[]): string {
  return positions.map((list) => list.join()).join('|')
}

/** The leading slash of a pattern is optional. */
function withSlash(pattern: string): string {
  return pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`
}
