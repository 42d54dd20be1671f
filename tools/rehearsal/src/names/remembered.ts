export interface Remembering {
  /** Changes when what was answered before may no longer be so. */
  readonly changes: () => unknown
  readonly nowMs: () => number
  /** In any case an answer is asked for again after so long. */
  readonly maxAgeMs: number
}

/** The same questions, asked once while nothing changes. What failed is asked again. */
export function remembered<Answer>(
  ask: (name: string) => Promise<Answer>,
  { changes, nowMs, maxAgeMs }: Remembering,
): (name: string) => Promise<Answer> {
  const known = new Map<string, { readonly answer: Promise<Answer>; readonly atMs: number }>()
  let valid: unknown
  return (name) => {
    const now = changes()
    if (now !== valid) known.clear()
    valid = now
    const before = known.get(name)
    if (before !== undefined && nowMs() - before.atMs < maxAgeMs) return before.answer
    const answer = ask(name)
    const entry = { answer, atMs: nowMs() }
    known.set(name, entry)
    answer.catch(() => known.get(name) === entry && known.delete(name))
    return answer
  }
}
