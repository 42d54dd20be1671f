/** What the host answered to a renewal: done, no session any more, or no usable answer at all. */
export type RenewalAnswer = 'renewed' | 'no-session' | 'unreachable'

/** What the screen shows. `ended`: there is no session. `asking`: the dialog is open and calls are waiting behind it. */
export interface SessionState {
  readonly ended: boolean
  readonly asking: boolean
}

export interface SessionRenewal {
  /**
   * Renews once for everybody who asks meanwhile. True: repeat your call. When the session has ended it waits until the
   * person signed in (true) or chose not to (false). False at once when the host cannot be reached.
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
  const expire = () =>
    new Promise<boolean>((resolve) => {
      waiting.push(resolve)
      become(ASKING)
    })

  return {
    async renew() {
      // The dialog is open already: another request would only hear the same answer.
      if (state.asking) return expire()
      const answer = await askOnce()
      if (answer === 'no-session') return expire()
      if (answer === 'unreachable') return false
      settle(LIVE, true)
      return true
    },
    expire,
    async recheck() {
      if (!state.ended) return
      if ((await askOnce()) === 'renewed') settle(LIVE, true)
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
