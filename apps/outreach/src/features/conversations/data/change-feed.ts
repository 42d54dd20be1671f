import type { Changes } from '@sax/api-contract'
import { ApiError } from '@sax/api-contract/client'

export interface ChangeFeedPorts {
  /** News after a cursor; undefined when there is none. */
  readonly ask: (after: string, signal: AbortSignal) => Promise<Changes | undefined>
  readonly onChanges: (changes: Changes) => void
  /** The cursor is too old to go on from: everything is to be loaded anew, which gives the next one. */
  readonly onExpired: () => void
  /** Told when news stops coming, and when it comes again. */
  readonly onReach: (reached: boolean) => void
  /** Milliseconds to the next question, after this many failures in a row; undefined: wait to be nudged. */
  readonly pace: (failures: number) => number | undefined
  /** Calls back once, later; answers how to call it off. */
  readonly later: (act: () => void, ms: number) => () => void
}

export interface ChangeFeed {
  /** Where to go on from. Only the first counts, for an older cursor loses nothing: news may come twice. */
  startFrom(cursor: string): void
  /** Asks now. */
  nudge(): void
  stop(): void
}

/** What takes longer is given up and asked again, which loses nothing: news is a small question. */
const LONGEST_ANSWER_MS = 20_000

/** Asks for news again and again, one question at a time, and survives what can happen to a question. */
export function createChangeFeed({ ask, onChanges, onExpired, onReach, pace, later }: ChangeFeedPorts): ChangeFeed {
  let cursor: string | undefined
  let failures = 0
  let asking: AbortController | undefined
  let askAgain = false
  let stopped = false
  let callOff = () => {}

  const schedule = () => {
    callOff()
    if (stopped || cursor === undefined) return
    const delayMs = pace(failures)
    if (delayMs !== undefined) callOff = later(() => void run(), delayMs)
  }

  const settle = (changes: Changes | undefined) => {
    if (failures > 0) onReach(true)
    failures = 0
    if (changes === undefined) return
    cursor = changes.cursor
    onChanges(changes)
    if (changes.hasMore) askAgain = true
  }

  const fail = (error: unknown) => {
    if (error instanceof ApiError && error.body.code === 'CURSOR_EXPIRED') {
      cursor = undefined
      failures = 0
      onExpired()
      return
    }
    failures += 1
    if (failures === 2) onReach(false)
  }

  const run = async () => {
    callOff()
    if (stopped || cursor === undefined) return
    if (asking !== undefined) {
      askAgain = true
      return
    }
    askAgain = false
    const controller = new AbortController()
    asking = controller
    // A connection can die without a word, and a browser waits for it for minutes.
    const callOffEnd = later(() => controller.abort(), LONGEST_ANSWER_MS)
    try {
      const changes = await ask(cursor, controller.signal)
      if (!controller.signal.aborted) settle(changes)
    } catch (error) {
      if (!stopped) fail(error)
    }
    callOffEnd()
    asking = undefined
    if (askAgain) void run()
    else schedule()
  }

  return {
    startFrom(from) {
      if (cursor !== undefined || stopped) return
      cursor = from
      schedule()
    },
    nudge: () => void run(),
    stop() {
      stopped = true
      callOff()
      asking?.abort()
    },
  }
}
