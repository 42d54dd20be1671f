import type { Asker, ProbeResult } from '@sax/probes'
import type { Browser } from 'playwright-core'
import { openSession, type Places, type Session, type SignIn } from './navigation.ts'

/** Signed-in sessions by who asks; a sentence says why there is none. */
export type Sessions = (asker: Asker) => Session | { readonly why: string }

/** Why nothing was looked at that needs a browser: the person who ran the command wanted it so. */
export const LEFT_OUT = 'left out with --no-browser'

/** Signs in those whom the probes need. */
export async function openSessions(
  browser: Browser | { readonly why: string },
  signInOf: (asker: Asker) => SignIn | { readonly why: string },
  places: Places,
): Promise<Sessions> {
  if ('why' in browser) return () => browser
  const opened = new Map<Asker, Session | { readonly why: string }>()
  for (const asker of ['first', 'administrator'] as const) {
    const signIn = signInOf(asker)
    const session =
      typeof signIn === 'function'
        ? await openSession(browser, signIn, places).catch((error: unknown) => ({
            why: `signing in did not succeed (${error instanceof Error ? error.name : typeof error})`,
          }))
        : signIn
    opened.set(asker, session)
  }
  return (asker) => opened.get(asker) ?? { why: `nobody signed in as the ${asker} person` }
}

/** Without a sign-in there is nothing to look at: broken when it was tried, unseen when it could not be. */
export function notWalked(why: string, outcome: 'broken' | 'unseen'): ProbeResult {
  return {
    id: 'nav.sign-in',
    group: 'navigation',
    title: 'A person signs in and opens the pages in a browser',
    incidents: ['R8'],
    outcome,
    findings: [why],
    evidence: [],
    durationMs: 0,
  }
}
