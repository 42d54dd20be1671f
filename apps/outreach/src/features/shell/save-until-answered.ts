import { isPassing, retryDelayMs } from './problem.ts'

export interface PersistentSave<T> {
  readonly attempt: () => Promise<T>
  /** Told of each passing failure, before the pause. */
  readonly onWaiting: (error: unknown) => void
  /** Resolves after `ms`, rejects when the person stops the save. */
  readonly pause: (ms: number) => Promise<void>
}

/**
 * Repeats a save until a server answers it. Safe because a creation carries its idempotency key and a change the
 * version it was made from. A refusal is an answer: it is thrown.
 */
export async function saveUntilAnswered<T>({ attempt, onWaiting, pause }: PersistentSave<T>): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (!isPassing(error)) throw error
      onWaiting(error)
      await pause(retryDelayMs(failures))
    }
  }
}

/** A pause that ends early, and rejects, when `signal` is aborted. */
export function pauseWith(signal: AbortSignal): (ms: number) => Promise<void> {
  return (ms) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        reject(new DOMException('stopped', 'AbortError'))
      }
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop)
        resolve()
      }, ms)
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true })
    })
}
