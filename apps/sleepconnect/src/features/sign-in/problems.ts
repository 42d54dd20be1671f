/** Why signing in did not work, in words for the person at the screen. */
export interface Problem {
  readonly title: string
  readonly text: string
  /** `again`: start signing in; `out`: end the session that cannot be used. */
  readonly next: 'again' | 'out'
}

const problems = {
  unusable_account: {
    title: 'Your account is not set up yet',
    text: 'You are signed in, but the account names no practice you work in. Ask your administrator to complete it, then sign out and in again.',
    next: 'out',
  },
  sign_in_interrupted: {
    title: 'Signing in was interrupted',
    text: 'It took too long, or it was started in another tab or window. Nothing is wrong with your account.',
    next: 'again',
  },
  sign_in_refused: {
    title: 'You were not signed in',
    text: 'The sign-in service refused, or you cancelled. Try again, or ask your administrator whether your account is active.',
    next: 'again',
  },
  identity_provider_unavailable: {
    title: 'The sign-in service does not answer',
    text: 'This is not about your account. Wait a minute, then try again.',
    next: 'again',
  },
  cookies_refused: {
    title: 'Your browser keeps no cookies from this site',
    text: 'Without them nobody can stay signed in. Allow cookies for this address, then try again.',
    next: 'again',
  },
} as const satisfies Record<string, Problem>

const unknown: Problem = {
  title: 'Signing in did not work',
  text: 'Try again. If it happens twice, tell your administrator.',
  next: 'again',
}

/** The words for a reason in the address; anybody can write that, so only known reasons are shown. */
export function problemOf(reason: string | undefined): Problem {
  return reason !== undefined && Object.hasOwn(problems, reason) ? problems[reason as keyof typeof problems] : unknown
}
