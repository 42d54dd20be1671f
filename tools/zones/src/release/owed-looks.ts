import type { StageProbe } from './ports.ts'

/** Looks at a stage without which nobody can say that a release is live. */
interface OwedLook {
  readonly id: string
  readonly ids: RegExp
  readonly because: string
}

/** What may stay unseen is everything else: it can fail for want of rights or of time, and the release be good. */
const owedLooks: readonly OwedLook[] = [
  {
    id: 'release.expected',
    ids: /^release\.expected$/,
    because: 'an alias says what was moved, and only an answer says what people reach',
  },
  { id: 'release.named', ids: /^release\.named$/, because: 'it is the health of every part, on every way to it' },
  {
    id: 'api.templates',
    ids: /^api\.templates\./,
    because: 'this one request goes through every function, secret and table that the site needs',
  },
]

/** What a release cannot do without and nobody saw, a clause each. Empty: all of it was seen, however it turned out. */
export function notSeen(probes: readonly StageProbe[]): readonly string[] {
  return owedLooks.flatMap(({ id, ids, because }) => {
    const looks = probes.filter((probe) => ids.test(probe.id))
    if (looks.length === 0) return [`${id} was not looked at; ${because}`]
    return looks
      .filter(({ outcome }) => outcome === 'unseen')
      .map(
        ({ id: which, findings: [why] }) =>
          `${which} could not be seen${why === undefined ? '' : ` (${why})`}; ${because}`,
      )
  })
}

/** `30 of 32 hold; not seen: origins.bucket.outreach` */
export function probesText(probes: readonly StageProbe[]): string {
  const kept = probes.filter(({ outcome }) => outcome === 'kept')
  const unseen = probes.filter(({ outcome }) => outcome === 'unseen')
  const rest = unseen.length === 0 ? '' : `; not seen: ${unseen.map(({ id }) => id).join(', ')}`
  return `${kept.length} of ${probes.length} hold${rest}`
}
