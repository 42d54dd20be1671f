import type { Observations, QuestionName, Seen } from '../observations.ts'
import { fork, leaf, lookAt, type Tree } from '../tree.ts'

const HEALTH = [
  'health.host',
  'health.outreach',
  'health.api-routes',
  'health.backend',
] as const satisfies readonly QuestionName[]

/** The releases that the parts say they run; unseen unless all of them say so. */
export function releases({
  answers,
}: Observations): Seen<readonly { readonly part: string; readonly release: string }[]> {
  const said: { part: string; release: string }[] = []
  for (const name of HEALTH) {
    const one = answers[name]
    if (one.kind === 'unseen') return one
    const { release, asked } = one.value
    if (release === undefined) return { kind: 'unseen', why: `${asked} says no release` }
    said.push({ part: name.replace('health.', ''), release })
  }
  return { kind: 'seen', value: said }
}

/** Parts of different releases at the same time. */
export const skew: Tree = fork(
  'is-there',
  'Do the parts run different releases?',
  (seen) =>
    lookAt(releases(seen), (said) => ({
      is: new Set(said.map(({ release }) => release)).size > 1,
      evidence: said.map(({ part, release }) => `${part} ${release}`).join(', '),
    })),
  fork(
    'weights',
    'Does an alias send its traffic to two versions?',
    (seen) =>
      lookAt(seen.functions, (functions) => {
        const hit = functions.find(({ weighted }) => weighted.length > 0)
        return {
          is: hit !== undefined,
          evidence:
            hit === undefined ? 'each sends it to one' : `${hit.role}: ${[hit.version, ...hit.weighted].join(' and ')}`,
        }
      }),
    leaf(
      'half-way',
      'A release is under way, or was broken off while traffic was moving.',
      ({ stage }) => `npx zones releases ${stage}`,
    ),
    leaf(
      'moved-by-hand',
      'An alias was moved by itself, or a release ended before it had moved all of them.',
      ({ stage }) => `npx zones rollback ${stage}`,
    ),
  ),
  leaf('not-seen', 'All parts run the same release.', ({ stage }) => `npx zones verify ${stage}`),
)
