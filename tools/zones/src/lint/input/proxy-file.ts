import { exportedLiteral, type JsLiteral, NOT_LITERAL } from './js-literal.ts'

/** For which requests a proxy runs. */
export type Matcher =
  /** No matcher: every request. */
  | { readonly kind: 'everything' }
  | { readonly kind: 'sources'; readonly sources: readonly MatcherSource[] }
  /** It is computed; Next refuses it too. */
  | { readonly kind: 'unknown' }

export interface MatcherSource {
  readonly source: string
  /** With `has` or `missing` it runs for some of the requests only. */
  readonly conditional: boolean
}

/** The matcher of a `proxy.ts` or `middleware.ts`, read from its text; nothing of it is run. */
export function readMatcher(text: string): Matcher {
  const config = exportedLiteral(text, 'config')
  if (config === undefined) return { kind: 'everything' }
  if (!isObject(config)) return { kind: 'unknown' }
  const { matcher } = config
  if (matcher === undefined) return { kind: 'everything' }
  const sources = (Array.isArray(matcher) ? matcher : [matcher]).map(sourceOf)
  return sources.some((source) => source === undefined)
    ? { kind: 'unknown' }
    : { kind: 'sources', sources: sources.filter((source) => source !== undefined) }
}

function sourceOf(written: JsLiteral): MatcherSource | undefined {
  if (typeof written === 'string') return { source: written, conditional: false }
  if (!isObject(written) || typeof written.source !== 'string') return undefined
  return { source: written.source, conditional: 'has' in written || 'missing' in written }
}

function isObject(value: JsLiteral): value is { readonly [key: string]: JsLiteral } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && (value as unknown) !== NOT_LITERAL
}
