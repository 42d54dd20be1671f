import type { Behavior, Distribution } from '@sax/edge/config'
import { difference, ofGlob, type PathLanguage } from '../paths/path-language.ts'
import type { BehaviorClaim, Claim, InspectedZone } from './model.ts'
import { sharesOf } from './territory.ts'

/** The behaviours of a distribution with what each of them really gets. */
export function behaviorClaims(
  { behaviors }: Pick<Distribution, 'behaviors'>,
  zones: readonly InspectedZone[],
): readonly BehaviorClaim[] {
  const sets = setsOf(
    behaviors.map(({ pathPattern }) => pathPattern),
    zones,
  )
  return behaviors.flatMap((behavior: Behavior, i): BehaviorClaim[] => {
    const place = behavior.isDefault ? 'default behaviour' : `behaviour ${i + 1} ${behavior.pathPattern}`
    const set = sets[i]
    return set === undefined ? [] : [{ place, pattern: behavior.pathPattern, ...set, conditional: false, behavior }]
  })
}

type Sets = Pick<Claim, 'language' | 'effective' | 'takes'>

/** The same patterns come again in every stage and mode. */
const remembered = new WeakMap<readonly InspectedZone[], Map<string, readonly Sets[]>>()

function setsOf(patterns: readonly string[], zones: readonly InspectedZone[]): readonly Sets[] {
  const known = remembered.get(zones) ?? new Map<string, readonly Sets[]>()
  remembered.set(zones, known)
  const key = JSON.stringify(patterns)
  const sets =
    known.get(key) ??
    effectiveSets(patterns.map((pattern) => ({ language: ofGlob(pattern), conditional: false }))).map((set) => ({
      ...set,
      takes: sharesOf(set.effective, zones),
    }))
  known.set(key, sets)
  return sets
}

/** What is left for each pattern after the earlier ones. One that takes some requests only leaves all of its paths. */
export function effectiveSets(
  claims: readonly { readonly language: PathLanguage; readonly conditional: boolean }[],
): readonly Pick<Claim, 'language' | 'effective'>[] {
  return claims.map(({ language }, i) => ({
    language,
    effective: claims
      .slice(0, i)
      .filter(({ conditional }) => !conditional)
      .reduce((left, earlier) => difference(left, earlier.language), language),
  }))
}
