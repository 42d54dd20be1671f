/** What a command did. `main.ts` prints it and derives the exit code; nothing else prints or exits. */
export type Outcome =
  /** Exit 0. `text` goes to standard output as it is. */
  | { readonly kind: 'done'; readonly text: string }
  /** Exit 1: what was asked for could not be had, or does not hold. `text`, if any, goes to standard output first. */
  | { readonly kind: 'failed'; readonly text: string; readonly reason: string }
  /** Exit 2: the input makes no sense; nothing was done. */
  | { readonly kind: 'bad-input'; readonly reason: string }

export function exitCode(outcome: Outcome): 0 | 1 | 2 {
  if (outcome.kind === 'done') return 0
  return outcome.kind === 'failed' ? 1 : 2
}
