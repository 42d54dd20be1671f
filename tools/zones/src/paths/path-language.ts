import { DFA } from 'refa'
import { isPath, LAST_CHARACTER } from './alphabet.ts'
import { automatonOf } from './expression.ts'
import { type NextRoute, nextRouteExpression, proxyMatcherExpression } from './next-source.ts'
import { shortestPath } from './shortest-path.ts'

export type { NextRoute } from './next-source.ts'
export { PathSourceError } from './path-source-error.ts'

/**
 * A set of URL paths, decided exactly. Paths begin with `/`, hold visible ASCII characters only, neither `?` nor `#`,
 * and are compared as they are written: `%2F` is three characters, and case counts.
 */
export interface PathLanguage {
  readonly automaton: DFA
}

/**
 * The paths a CloudFront path pattern takes: case counts, `*` is any run of characters (`/` included), `?` exactly one,
 * the leading slash is optional.
 * @source AWS CloudFront Developer Guide, "Path pattern"
 */
export function ofGlob(pattern: string): PathLanguage {
  const spelt = pattern
    .replace(/[.+^${}()|[\]\\/]/g, '\\$&')
    .replaceAll('?', '[^]')
    .replaceAll('*', '[^]*')
  const slash = pattern.startsWith('/') || pattern.startsWith('*') ? '' : '\\/'
  return ofExpression(new RegExp(`^${slash}${spelt}$`), pattern)
}

/**
 * The paths that a `source` of `rewrites()`, `redirects()` or `headers()` matches, exactly as Next matches it.
 * @throws PathSourceError when the source cannot be read or decided
 */
export function ofNextSource(source: string, route: NextRoute): PathLanguage {
  return ofExpression(nextRouteExpression(source, route), source)
}

/**
 * The paths for which a `matcher` runs `proxy.ts` (formerly `middleware.ts`). Case always counts here, a trailing slash
 * is optional, and Next's data forms of a page (`/_next/data/<build>/x.json`, `x.rsc`) are matched with the page. The
 * path as written: Next tries the decoded one too.
 * @throws PathSourceError when the matcher cannot be read or decided
 */
export function ofProxyMatcher(matcher: string, options: { readonly basePath?: string } = {}): PathLanguage {
  return ofExpression(proxyMatcherExpression(matcher, options), matcher)
}

/** One path alone; the empty set when it is no path. */
export function exactly(path: string): PathLanguage {
  return { automaton: DFA.fromWords(isPath(path) ? [codes(path)] : [], { maxCharacter: LAST_CHARACTER }) }
}

/** The prefix itself and everything below it: `/outreach` and `/outreach/x`, never `/outreachers`. */
export function under(prefix: string): PathLanguage {
  return ofExpression(new RegExp(`^${prefix.replace(/[.+*?^${}()|[\]\\/]/g, '\\$&')}(?:\\/[^]*)?$`), prefix)
}

/** Every path there is. */
export function everyPath(): PathLanguage {
  return ofGlob('*')
}

/** The paths of any of the sets; none when there are none. */
export function union(...languages: readonly PathLanguage[]): PathLanguage {
  const outsideAll = languages.reduce(difference, everyPath())
  return difference(everyPath(), outsideAll)
}

/** The paths of both sets. */
export function intersection(a: PathLanguage, b: PathLanguage): PathLanguage {
  const automaton = DFA.fromIntersection(a.automaton, b.automaton)
  automaton.minimize()
  return { automaton }
}

/** The paths of `a` that are not in `b`. */
export function difference(a: PathLanguage, b: PathLanguage): PathLanguage {
  const outside = b.automaton.copy()
  outside.complement()
  return intersection(a, { automaton: outside })
}

export function isEmpty({ automaton }: PathLanguage): boolean {
  return automaton.isEmpty
}

export function includes({ automaton }: PathLanguage, path: string): boolean {
  return isPath(path) && automaton.test([...codes(path)])
}

/**
 * An example of the set for a reader: a shortest path of whole segments of letters and digits, such as
 * `/outreach/api/x`; when the set has none, a shortest path of any kind. Undefined when the set is empty.
 */
export function witness(language: PathLanguage): string | undefined {
  return witnessOf([language])
}

/** An example of what all of `inside` hold and none of `outside` does, or undefined. Cheap for two or three sets. */
export function witnessOf(inside: readonly PathLanguage[], outside: readonly PathLanguage[] = []): string | undefined {
  if (inside.length + outside.length > WALKED_AT_ONCE) {
    return witness(outside.reduce(difference, inside.reduce(intersection, everyPath())))
  }
  const [within, without] = [inside, outside].map((languages) => languages.map(({ automaton }) => automaton))
  return shortestPath([...(within ?? []), readable().automaton], without) ?? shortestPath(within ?? [], without)
}

/** More sets than this are made into one first: their states together would be too many to number. */
const WALKED_AT_ONCE = 3

/** Whole segments of unreserved characters: no empty one, none that begins with a dot, no slash at the end. */
function readable(): PathLanguage {
  return ofExpression(/^(?:\/|(?:\/[\w~-][\w.~-]*)+)$/, 'readable path')
}

const compiled = new Map<string, PathLanguage>()

/** Patterns are few and asked about often: each expression is compiled once. */
function ofExpression(expression: RegExp, pattern: string): PathLanguage {
  const key = String(expression)
  const language = compiled.get(key) ?? { automaton: automatonOf(expression, pattern) }
  compiled.set(key, language)
  return language
}

function codes(path: string): readonly number[] {
  return [...path].map((character) => character.charCodeAt(0))
}
