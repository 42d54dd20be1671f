import { ofGlob, type PathLanguage, witnessOf } from './path-language.ts'

/** A path that both sets hold, or undefined when they never meet. */
export function sharedPath(a: PathLanguage, b: PathLanguage): string | undefined {
  return witnessOf([a, b])
}

/** A path of `a` that `b` does not hold, or undefined when `b` covers `a`. */
export function pathOnlyIn(a: PathLanguage, b: PathLanguage): string | undefined {
  return witnessOf([a], [b])
}

/** Two path patterns of one distribution that both take a path, in CloudFront's order. */
export interface Dispute {
  readonly earlier: string
  readonly later: string
  /** A path that both take. */
  readonly witness: string
}

/**
 * The pairs of patterns for which the order alone says who gets a path. An exception before its rule (`/a/b/*` before
 * `/a/*`) is no dispute; the same the other way round is, for the exception would never be reached.
 */
export function disputes(patterns: readonly string[]): readonly Dispute[] {
  const all = patterns.map((pattern) => ({ pattern, language: ofGlob(pattern) }))
  return all.flatMap((earlier, index) =>
    all.slice(index + 1).flatMap((later) => {
      const witness = sharedPath(earlier.language, later.language)
      if (witness === undefined || isException(earlier.language, later.language)) return []
      return [{ earlier: earlier.pattern, later: later.pattern, witness }]
    }),
  )
}

function isException(earlier: PathLanguage, later: PathLanguage): boolean {
  return pathOnlyIn(earlier, later) === undefined && pathOnlyIn(later, earlier) !== undefined
}
