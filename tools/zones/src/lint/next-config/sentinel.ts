/** Host names that stand for the value of an environment variable; `.invalid` belongs to nobody. @source RFC 6761, 6.4 */
const SENTINEL = /(\d+)\.env\.zones-lint\.invalid/g

/** The value handed out for the `index`th variable: a URL, because that is what destinations are made of. */
export function sentinelOf(index: number): string {
  return `https://${index}.env.zones-lint.invalid`
}

/** Indexes of the variables whose values went into a text. */
export function sentinelsIn(text: string): readonly number[] {
  return [...new Set([...text.matchAll(SENTINEL)].map((match) => Number(match[1])))]
}

/** The text as a person reads it: `$NAME` in place of each sentinel. */
export function withNames(text: string, names: readonly string[]): string {
  const shown = (index: string) => `$${names[Number(index)] ?? 'VARIABLE'}`
  return text.replace(/(?:https:\/\/)?(\d+)\.env\.zones-lint\.invalid/g, (_whole, index: string) => shown(index))
}
