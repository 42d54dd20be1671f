import { expect, test } from 'vitest'
import { memoryLatencyNs, oneRound } from './memory-latency.ts'

test('the order comes by every place once', () => {
  const next = oneRound(1_000, Math.random)
  const seen = new Set<number>()
  for (let at = next[0] ?? 0; !seen.has(at); at = next[at] ?? 0) seen.add(at)
  expect(seen.size).toBe(1_000)
  expect([...seen].every((at) => at % 16 === 0 && at < next.length)).toBe(true)
})

test('two million reads in the time of the clock are nanoseconds for each', () => {
  const times = [1_000, 1_400]
  expect(memoryLatencyNs(() => times.shift() ?? 0)).toBe(200)
})
