/**
 * What the host answered to a renewal: done, no session any more, a session that is not the one this page was made in,
 * or no usable answer at all.
 */
export type RenewalAnswer = 'renewed' | 'no-session' | Replaced | 'unreachable'
/** Somebody else signed in, or the same person went on in another practice. */
export type Replaced = 'someone-else' | 'other-practice'

/** What the screen shows. */
export interface SessionState {
  /** There is no session of this page's. */
  readonly ended: boolean
  /** The dialog is open and calls are waiting behind it. */
  readonly asking: boolean
  /** There is another session: nothing on this page may go on under it. */
  readonly replaced?: Replaced
}

export interface SessionRenewal {
  /**
   * Renews once for everybody who asks meanwhile. True: repeat your call. When the session has ended it waits until the
   * person signed in (true) or chose not to (false). It waits for good while the session is another one, so that
   * nothing of this page is sent in another name. False at once when the host cannot be reached.
   */
  renew(): Promise<boolean>
  /** For a call that was refused although the renewal worked: asks the person to sign in. Answers like `renew`. */
  expire(): Promise<boolean>
  /** Somebody signed in, perhaps: asks the host, and goes on only if it agrees. */
  recheck(): Promise<void>
  /** The person closed the dialog: what waits is answered `false`, what was typed stays. */
  dismiss(): void
  state(): SessionState
  subscribe(onChange: () => void): () => void
}

const LIVE: SessionState = { ended: false, asking: false }
const ASKING: SessionState = { ended: true, asking: true }
const DISMISSED: SessionState = { ended: true, asking: false }
const REPLACED: Readonly<Record<Replaced, SessionState>> = {
  'someone-else': { ended: true, asking: false, replaced: 'someone-else' },
  'other-practice': { ended: true, asking: false, replaced: 'other-practice' },
}

/** The states of a session as one page sees them. Knows no browser: `ask` is the request to the host. */
export function createSessionRenewal(ask: () => Promise<RenewalAnswer>): SessionRenewal {
  const listeners = new Set<() => void>()
  let state = LIVE
  let inFlight: Promise<RenewalAnswer> | undefined
  let waiting: ((goOn: boolean) => void)[] = []

  const become = (next: SessionState) => {
    if (next === state) return
    state = next
    for (const listener of listeners) listener()
  }
  const settle = (next: SessionState, goOn: boolean) => {
    const settled = waiting
    waiting = []
    become(next)
    for (const resolve of settled) resolve(goOn)
  }
  const askOnce = () => {
    inFlight ??= ask()
      .catch((): RenewalAnswer => 'unreachable')
      .finally(() => {
        inFlight = undefined
      })
    return inFlight
  }
  const waitIn = (next: SessionState) =>
    new Promise<boolean>((resolve) => {
      waiting.push(resolve)
      become(next)
    })
  const expire = () => waitIn(state.replaced ? state : ASKING)

  return {
    async renew() {
      // The dialog is open already: another request would only hear the same answer.
      if (state.asking || state.replaced) return expire()
      const answer = await askOnce()
      switch (answer) {
        case 'no-session':
          return expire()
        case 'unreachable':
          return false
        case 'renewed':
          settle(LIVE, true)
          return true
        default:
          return waitIn(REPLACED[answer])
      }
    },
    expire,
    async recheck() {
      if (!state.ended) return
      const answer = await askOnce()
      if (answer === 'renewed') settle(LIVE, true)
      else if (answer === 'someone-else' || answer === 'other-practice') become(REPLACED[answer])
    },
    dismiss() {
      if (state.asking) settle(DISMISSED, false)
    },
    state: () => state,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}
