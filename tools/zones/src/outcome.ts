/** What a command did that only looks. `main.ts` prints it and derives the exit code; nothing else prints or exits. */
export type Outcome =
  /** Exit 0. `text` goes to standard output as it is. */
  | { readonly kind: 'done'; readonly text: string }
  /** Exit 1: what was asked for could not be had, or does not hold. `text`, if any, goes to standard output first. */
  | { readonly kind: 'failed'; readonly text: string; readonly reason: string }
  /** Exit 2: the input makes no sense; nothing was done. */
  | { readonly kind: 'bad-input'; readonly reason: string }

/** What a command did that changes something elsewhere. `text`, if any, goes to standard output, `reason` to standard error. */
export type ChangeOutcome =
  /** Exit 0: seen to be as wanted. */
  | { readonly kind: 'done'; readonly text: string }
  /** Exit 1: nothing was changed. `reason` says why and what to do next. */
  | { readonly kind: 'refused'; readonly text: string; readonly reason: string }
  /** Exit 2: something was changed, and not all. `reason` says what holds now and what to do next. */
  | { readonly kind: 'stopped'; readonly text: string; readonly reason: string }
  /** Exit 3: a person said no, before anything was changed. */
  | { readonly kind: 'declined'; readonly text: string; readonly reason: string }

export function exitCode({ kind }: Outcome | ChangeOutcome): 0 | 1 | 2 | 3 {
  switch (kind) {
    case 'done':
      return 0
    case 'failed':
    case 'refused':
      return 1
    case 'bad-input':
    case 'stopped':
      return 2
    case 'declined':
      return 3
  }
}
