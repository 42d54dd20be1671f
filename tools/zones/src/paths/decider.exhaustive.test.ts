import { expect, test } from 'vitest'
import { pathOnlyIn, sharedPath } from './disputes.ts'
import { difference, includes, intersection, isEmpty, union, witness } from './path-language.ts'
import { type Bits, everyPathOver, exceeds, meet, taken } from './test/brute-force.ts'
import { randomNumbers } from './test/random.ts'
import {
  type Family,
  longestNeeded,
  randomGlob,
  randomNextSource,
  type SamplePattern,
  type Segment,
} from './test/random-patterns.ts'

/** What stands in a run that takes slashes too (`.*`, a lookahead) is fixed and wants neighbours besides. */
const segment = (source: string, fixed: number, anywhere = 0): Segment => ({
  source,
  fixed: fixed + anywhere,
  besides: anywhere === 0 ? 0 : anywhere + 1,
})

const common = [
  segment('/a', 2),
  segment('/a', 2),
  segment('/aa', 3),
  segment('/:p', 2),
  segment('/:p*', 0),
  segment('/:p*', 0),
  segment('/:p+', 2),
  segment('/:p?', 2),
  segment('/a:p', 3),
  segment('{/:p}a', 3),
  segment('{/a}?', 2),
  segment('{/a/:p}?', 4),
  segment('{/a}*', 0),
  segment('/(.*)', 0, 1),
  segment('/:p(.*)', 0, 1),
  segment('/:p(.+a)', 0, 3),
  segment('(.*)', 0),
  segment('/:p(a|aa)', 3),
  segment('/:p(a)*', 0),
  segment('/((?!a).*)', 0, 2),
  segment('/((?!aa|a$).*)', 0, 3),
  segment('/((?!a/).*)', 0, 3),
  segment('/:p((?!a)[^/]+)', 2),
  segment('/:p((?=a).*)', 0, 2),
  segment('/:p([^a]+)', 0, 2),
] as const

interface SampleFamily extends Family {
  readonly name: string
  /** One letter for each kind that some pattern tells apart, an unspelt one among them. */
  readonly alphabet: readonly string[]
  /** Characters behind the first slash up to which every path is tried. */
  readonly length: number
}

const families: readonly SampleFamily[] = [
  { name: 'one letter', spelt: ['a'], alphabet: ['/', 'a', 'x'], length: 10, sensitive: true, segments: common },
  {
    name: 'a letter in two cases',
    spelt: ['a', 'A'],
    alphabet: ['/', 'a', 'A', 'x'],
    length: 7,
    sensitive: false,
    segments: [...common, segment('/A', 2), segment('/aA', 3), segment('/:p([A]+)', 2)],
  },
  {
    name: 'digits and dashes',
    spelt: ['a', '-'],
    alphabet: ['/', 'a', '-', '1', 'x'],
    length: 6,
    sensitive: true,
    segments: [
      ...common,
      segment('/-', 2),
      segment('/a-:p', 4),
      segment('/:p-:q', 4),
      segment('/:p(\\d+)', 2),
      segment('/:p(\\w+)', 2),
      segment('/:p(\\d)*', 0),
      segment('/:p([^-]+)', 0, 2),
      segment('/:p((?!-|\\d).*)', 0, 2),
    ],
  },
]
const PATTERNS = 1400

interface Tried {
  readonly family: SampleFamily
  readonly paths: readonly string[]
  readonly samples: readonly { readonly sample: SamplePattern; readonly bits: Bits }[]
}

let all: readonly Tried[] | undefined

/** Every family with its patterns and the paths each of them takes; made once, by the first test. */
function tried(): readonly Tried[] {
  all ??= families.map((family) => {
    const paths = everyPathOver(family.alphabet, family.length)
    const samples = samplesOf(family).map((sample) => ({ sample, bits: taken(paths, sample.matches) }))
    return { family, paths, samples }
  })
  return all
}

/** Half globs, half Next sources, no two spelt alike. */
function samplesOf(family: SampleFamily): readonly SamplePattern[] {
  const random = randomNumbers(20_260_501)
  const distinct = new Map<string, SamplePattern>()
  while (distinct.size < PATTERNS) {
    const isGlob = distinct.size % 2 === 0
    const sample = isGlob ? randomGlob(random, family, 5) : randomNextSource(random, family, 3)
    distinct.set(sample.kind + sample.spelt, sample)
  }
  return [...distinct.values()]
}

interface Pair {
  readonly a: SamplePattern
  readonly b: SamplePattern
  readonly takenByA: Bits
  readonly takenByB: Bits
}

/** Pairs of patterns that, if they meet at all, meet within the paths tried. */
function* pairs(): Generator<Pair> {
  for (const { family, samples } of tried()) {
    for (const [index, { sample: a, bits: takenByA }] of samples.entries()) {
      for (const { sample: b, bits: takenByB } of samples.slice(0, index)) {
        if (longestNeeded(a, b) <= family.length) yield { a, b, takenByA, takenByB }
      }
    }
  }
}

test('R13: over more than a million pairs no overlap is missed and none is invented', { timeout: 90_000 }, () => {
  const wrong: string[] = []
  const seen = new Map<string, number>()
  for (const { a, b, takenByA, takenByB } of pairs()) {
    const shared = sharedPath(a.language, b.language)
    const truly = meet(takenByA, takenByB)
    const holds = shared === undefined ? !truly : truly && a.matches(shared) && b.matches(shared)
    if (!holds) wrong.push(`${a.spelt} with ${b.spelt}: ${shared}`)
    const kinds = a.kind === b.kind ? `two of ${a.kind}` : 'a mixture'
    const what = `${kinds}, ${truly ? 'overlapping' : 'disjoint'}`
    seen.set(what, (seen.get(what) ?? 0) + 1)
  }
  expect(wrong).toEqual([])
  expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1_000_000)
  expect([...seen.keys()].sort()).toEqual([
    'a mixture, disjoint',
    'a mixture, overlapping',
    'two of glob, disjoint',
    'two of glob, overlapping',
    'two of next, disjoint',
    'two of next, overlapping',
  ])
  expect(Math.min(...seen.values())).toBeGreaterThan(20_000)
})

test('of every third of these pairs it is known whether one pattern covers the other', { timeout: 90_000 }, () => {
  const wrong: string[] = []
  let covered = 0
  let index = 0
  for (const { a, b, takenByA, takenByB } of pairs()) {
    if (index++ % 3 > 0) continue
    const only = pathOnlyIn(a.language, b.language)
    const holds = only === undefined ? !exceeds(takenByA, takenByB) : a.matches(only) && !b.matches(only)
    if (!holds) wrong.push(`${a.spelt} without ${b.spelt}: ${only}`)
    if (only === undefined) covered++
  }
  expect(wrong).toEqual([])
  expect(covered).toBeGreaterThan(30_000)
})

test('a set made of two holds exactly the paths it should', { timeout: 30_000 }, () => {
  const wrong: string[] = []
  for (const { paths, samples } of tried()) {
    const few = paths.slice(0, 1500)
    for (const [index, { sample: a }] of samples.slice(0, 100).entries()) {
      const b = samples[index + 100]?.sample ?? a
      const sets = [
        ['both', intersection(a.language, b.language), (path: string) => a.matches(path) && b.matches(path)],
        ['either', union(a.language, b.language), (path: string) => a.matches(path) || b.matches(path)],
        ['first alone', difference(a.language, b.language), (path: string) => a.matches(path) && !b.matches(path)],
      ] as const
      for (const [name, set, holds] of sets) {
        for (const path of few)
          if (includes(set, path) !== holds(path)) wrong.push(`${name}, ${a.spelt}, ${b.spelt}: ${path}`)
        const example = witness(set)
        if (example === undefined ? !isEmpty(set) || few.some(holds) : !holds(example))
          wrong.push(`${name}: ${example}`)
      }
    }
  }
  expect(wrong).toEqual([])
})
