import { expect, test } from 'vitest'
import { pathOnlyIn, pathPattern, sharedPath } from './path-pattern.ts'

/** All words over `letters` of at most `length` letters, behind a slash. */
function wordsOver(letters: readonly string[], length: number): readonly string[] {
  let longest = ['/']
  const all = [...longest]
  for (let i = 0; i < length; i++) {
    longest = longest.flatMap((word) => letters.map((letter) => word + letter))
    all.push(...longest)
  }
  return all
}

// One letter that patterns spell and one that none does are enough: patterns cannot tell the other letters apart.
const patterns = wordsOver(['a', '*', '?'], 4)
const paths = wordsOver(['a', 'x'], 8)
const taken = patterns.map((pattern) => paths.map(pathPattern(pattern)))

test('R13: over all 14,641 pairs of short patterns no overlap is missed and none is invented', () => {
  const wrong: string[] = []
  patterns.forEach((first, i) => {
    patterns.forEach((second, j) => {
      const shared = sharedPath(first, second)
      const truly = paths.some((_path, k) => taken[i]?.[k] && taken[j]?.[k])
      const holds = shared === undefined ? !truly : pathPattern(first)(shared) && pathPattern(second)(shared)
      if (!holds) wrong.push(`${first} with ${second}: ${shared}`)
    })
  })
  expect(wrong).toEqual([])
})

test('of every pair it is known whether one pattern covers the other', () => {
  const wrong: string[] = []
  patterns.forEach((first, i) => {
    patterns.forEach((second, j) => {
      const only = pathOnlyIn(first, second)
      const truly = paths.some((_path, k) => taken[i]?.[k] && !taken[j]?.[k])
      const holds = only === undefined ? !truly : pathPattern(first)(only) && !pathPattern(second)(only)
      if (!holds) wrong.push(`${first} without ${second}: ${only}`)
    })
  })
  expect(wrong).toEqual([])
})
