/** Characters that may differ; ids are random, so that two of them differ in about thirty. */
const SLIPS = 4

/** The id that a misspelt one was meant to be. */
export function nearestId(id: string, known: readonly string[]): string | undefined {
  const slips = (other: string) => [...id].filter((character, i) => character.toLowerCase() !== other[i]).length
  return known.find((other) => other.length === id.length && slips(other) <= SLIPS)
}
