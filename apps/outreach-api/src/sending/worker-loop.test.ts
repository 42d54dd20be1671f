import { expect, test } from 'vitest'
import { workerLoop } from './worker-loop.ts'

test('the loop pauses only when there was nothing, longer after a failure, and ends between rounds', async () => {
  const stopping = new AbortController()
  const rounds: (number | Error)[] = [5, 0, new Error('no database'), 2, 0]
  const pauses: number[] = []
  const errors: unknown[] = []
  await workerLoop(
    {
      round: async () => {
        const next = rounds.shift()
        if (rounds.length === 0) stopping.abort()
        if (next instanceof Error) throw next
        return next ?? 0
      },
      pause: async (ms) => void pauses.push(ms),
      onError: (error) => errors.push(error),
      idleMs: 250,
      failedMs: 2_000,
    },
    stopping.signal,
  )
  expect(pauses).toEqual([250, 2_000, 250])
  expect(errors).toHaveLength(1)
  expect(rounds).toEqual([])
})
