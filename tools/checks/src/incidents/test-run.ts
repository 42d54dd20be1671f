/** One test as it ran, from whichever runner. */
export interface TestRun {
  /** Ids that its name, or the name of a group around it, begins with. */
  readonly ids: readonly string[]
  readonly name: string
  readonly file: string
  readonly status: 'passed' | 'failed' | 'not run'
}

/** Finds tests that carry an id. Runners match it against the whole name, groups included. */
export const ID_PATTERN = '(^|\\s)[RCSBDA]\\d+:'

const AT_START = /^((?:[RCSBDA]\d+(?:, | and ))*[RCSBDA]\d+):/

/** The ids a test is for: `R9, R10: …` and `R10: …` count, an id further inside does not. */
export function idsOf(titles: readonly string[]): readonly string[] {
  return [...new Set(titles.flatMap((title) => AT_START.exec(title)?.[1]?.match(/[RCSBDA]\d+/g) ?? []))]
}
