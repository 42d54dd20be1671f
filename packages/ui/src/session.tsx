'use client'

import { CircleCheck } from 'lucide-react'
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { browserStorage } from './browser-storage.ts'
import { fetchUntil } from './fetch-until.ts'
import { forgetOldWriting } from './kept-writing.ts'
import { later, useLater } from './later.ts'
import { type PageOwner, requestRenewal } from './request-renewal.ts'
import { announceSignedIn, onSignedIn, onSignedOut } from './session-channel.ts'
import { createSessionRenewal } from './session-renewal.ts'

/** What asks a person to sign in again, or says that they signed out. */
export const sessionDialogs = later(() => import('./session-dialogs.tsx'))

export interface Session {
  /** Whom the page was made for. */
  readonly saxId: number
  /** After a 401: true means repeat the call. Waits behind the dialog when the session has ended. Stable for `useMemo`. */
  readonly renew: () => Promise<boolean>
  /** For a call that is still refused after `renew` answered true. */
  readonly expire: () => Promise<boolean>
  /** There is no session: what is sent now will be refused. */
  readonly ended: boolean
  /** The browser's, until the person signs out: an answer that came after that would bring the session back. */
  readonly fetch: typeof fetch
}

const SessionContext = createContext<Session | undefined>(undefined)

export interface SessionProviderProps {
  /** The host's renewal: POST, 200 `{data: {saxId, practiceId}}` when renewed, 401 without a session. */
  readonly renewUrl: string
  /** Whom the server made this page for. */
  readonly owner: PageOwner & { readonly name: string; readonly practiceName: string }
  /** Where to sign in, coming back to a path afterwards. */
  readonly loginUrl: (returnTo: string) => string
  /** Path of a page that renders `<SignedInSignal />`. */
  readonly signedInSignalPath: string
  readonly children: ReactNode
}

/**
 * Renews the session for the calls of this page and, when it has ended, asks for a new sign-in without leaving the page.
 * When its person signs out the page goes, and with it whatever it holds and would write down again.
 */
export function SessionProvider(props: SessionProviderProps) {
  const { saxId } = props.owner
  // Before anything below reads what is kept.
  useState(() => forgetOldWriting(browserStorage(), Date.now()))
  const [leaving] = useState(() => new AbortController())
  const [signedOut, setSignedOut] = useState(false)
  useEffect(
    () =>
      onSignedOut(saxId, () => {
        leaving.abort()
        setSignedOut(true)
      }),
    [saxId, leaving],
  )
  const dialogs = useLater(sessionDialogs, signedOut)
  if (!signedOut) return <LiveSession {...props} over={leaving.signal} />
  return dialogs === undefined ? null : <dialogs.SignedOutPage />
}

interface LiveSessionProps extends SessionProviderProps {
  readonly over: AbortSignal
}

function LiveSession({ renewUrl, owner, loginUrl, signedInSignalPath, over, children }: LiveSessionProps) {
  const [send] = useState(() => fetchUntil(over))
  const asked = useRef({ renewUrl, owner })
  const [renewal] = useState(() =>
    createSessionRenewal(() => requestRenewal(asked.current.renewUrl, asked.current.owner, send)),
  )
  useEffect(() => {
    asked.current = { renewUrl, owner }
  }, [renewUrl, owner])

  const { ended, asking, replaced } = useSyncExternalStore(renewal.subscribe, renewal.state, renewal.state)

  useEffect(() => onSignedIn(() => void renewal.recheck()), [renewal])
  useEffect(() => {
    // Signed in some other way, for example in a tab of the other zone's name: coming back to this page is enough.
    if (!ended) return
    const look = () => {
      if (document.visibilityState === 'visible') void renewal.recheck()
    }
    window.addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [ended, renewal])

  const dialogs = useLater(sessionDialogs, asking || replaced !== undefined)
  const { saxId } = owner
  const session = useMemo(
    () => ({ saxId, renew: renewal.renew, expire: renewal.expire, ended, fetch: send }),
    [saxId, renewal, ended, send],
  )
  return (
    <SessionContext value={session}>
      {children}
      {dialogs === undefined ? null : (
        <>
          <dialogs.SessionEndedDialog
            open={asking}
            signInUrl={loginUrl(signedInSignalPath)}
            onDismiss={renewal.dismiss}
          />
          <dialogs.SessionReplacedDialog replaced={replaced} owner={owner} />
        </>
      )}
    </SessionContext>
  )
}

/** @throws Error outside SessionProvider: a page without it would lose drafts silently. */
export function useSession(): Session {
  const session = use(SessionContext)
  if (session === undefined) throw new Error('useSession needs SessionProvider above it')
  return session
}

export interface SignedInSignalProps {
  /** Default "SleepConnect". */
  readonly productName?: string | undefined
}

/** The page a sign-in window ends on: tells the waiting pages and closes itself. */
export function SignedInSignal({ productName = 'SleepConnect' }: SignedInSignalProps) {
  useEffect(() => {
    announceSignedIn()
    // A tab that the person opened is not ours to close, and the browser would complain.
    if (window.opener !== null) window.close()
  }, [])
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center justify-center gap-3 p-6 text-center">
      <CircleCheck aria-hidden className="size-8 text-good" />
      <h1 className="font-semibold text-lg">You are signed in to {productName}</h1>
      <p className="text-muted-foreground">Your work is where you left it. You can close this window.</p>
    </main>
  )
}
