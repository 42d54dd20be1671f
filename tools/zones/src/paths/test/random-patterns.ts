import { pathPattern } from '@sax/edge/path-pattern'
import { modifyRouteRegex } from 'next/dist/lib/redirect-status.js'
import { getPathMatch } from 'next/dist/shared/lib/router/utils/path-match.js'
import { ofGlob, ofNextSource, type PathLanguage } from '../path-language.ts'
import { oneOf } from './random.ts'

/** A pattern, the real matcher that serves it, and the set that is said to be the same. */
export interface SamplePattern {
  readonly kind: 'glob' | 'next'
  readonly spelt: string
  readonly language: PathLanguage
  /** CloudFront's rule as a regular expression, or Next's own code. */
  readonly matches: (path: string) => boolean
  /** Characters behind the first slash that the pattern fixes; see `longestNeeded`. */
  readonly fixed: number
  /** Characters that a Next source matched at the same time may want besides. */
  readonly besides: number
}

/**
 * How long the path behind its first slash must get for two patterns that meet to meet within it.
 *
 * Take a path that both match and keep of it only the characters some pattern fixes. Whatever is dropped stood in a
 * run (`*`, `[^/]+`, `.*`) or was a whole repetition (`:path*`), so both still match: but where one of them repeats
 * segments, a kept slash also wants one character behind it, and a kept character the slash before it. A glob fixes
 * its plain characters and its `?`, and such a neighbour can be missing only where a `*` begins or ends. A Next source
 * fixes the slash and one character of each segment it must have, the letters it spells, and what its lookaheads read.
 */
export function longestNeeded(a: SamplePattern, b: SamplePattern): number {
  const besides = a.kind === 'glob' && b.kind === 'glob' ? 0 : a.besides + b.besides
  return a.fixed + b.fixed + besides
}

/** Patterns over few letters. */
export interface Family {
  /** The letters that patterns spell. */
  readonly spelt: readonly [string, ...string[]]
  readonly sensitive: boolean
  readonly segments: readonly [Segment, ...Segment[]]
}

/** A segment of a Next source with what it fixes, its slash counted. */
export interface Segment {
  readonly source: string
  readonly fixed: number
  /** How much of it stands where a repetition of another source may end. */
  readonly besides: number
}

export function randomGlob(random: (limit: number) => number, { spelt }: Family, length: number): SamplePattern {
  let pattern = oneOf(random, ['/', '/', '/', '*', ''])
  for (let i = random(length + 1); i > 0; i--) pattern += oneOf(random, ['*', '*', '?', '/', '/', ...spelt, ...spelt])
  const runs = (pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`).split('*')
  const wantsBefore = runs.filter((run, index) => index > 0 && /^[^/]/.test(run)).length
  const wantsBehind = runs.filter((run, index) => index < runs.length - 1 && /[/?]$/.test(run)).length
  const plain = runs.join('').length
  return {
    kind: 'glob',
    spelt: pattern,
    language: ofGlob(pattern),
    matches: pathPattern(pattern),
    fixed: runs[0] === '' ? plain : plain - 1,
    besides: wantsBefore + wantsBehind,
  }
}

export function randomNextSource(random: (limit: number) => number, family: Family, length: number): SamplePattern {
  const chosen = Array.from({ length: 1 + random(length) }, () => oneOf(random, family.segments))
  const first = chosen[0]
  if (!first?.source.startsWith('/')) return randomNextSource(random, family, length)
  // Names must differ within a source.
  const source = chosen.map((segment, index) => segment.source.replaceAll(/:(\w)/g, `:$1${index}`)).join('')
  const sensitive = family.sensitive || random(2) === 0
  const fixed = chosen.reduce((sum, segment) => sum + segment.fixed, 0)
  const besides = chosen.reduce((sum, segment) => sum + segment.besides, 0)
  return {
    kind: 'next',
    spelt: `${source} (${sensitive ? 'case counts' : 'case ignored'})`,
    language: ofNextSource(source, { caseSensitive: sensitive }),
    matches: nextMatcher(source, sensitive),
    // The first slash of a path is not counted.
    fixed: first.fixed > first.besides ? fixed - 1 : fixed,
    besides,
  }
}

/** Next's own matcher, as its server builds it from a rewrite; only the parameters are not collected. */
export function nextMatcher(source: string, sensitive: boolean): (path: string) => boolean {
  let made = ''
  getPathMatch(source, {
    strict: true,
    removeUnnamedParams: true,
    sensitive,
    regexModifier: (regex) => {
      made = modifyRouteRegex(regex)
      return made
    },
  })
  const expression = new RegExp(made, sensitive ? '' : 'i')
  return (path) => expression.test(path)
}
