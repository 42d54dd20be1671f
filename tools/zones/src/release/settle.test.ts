import type { ProbeResult } from '@sax/probes'
import { expect, test } from 'vitest'
import { type Patience, settle } from './settle.ts'

const LOOK_MS = 1000

/** A stage in which at each look fails what `fails` says of it; a look takes a second. */
async function settled(
  patience: Patience,
  fails: (look: number) => readonly string[],
  as: 'broken' | 'unseen' = 'broken',
) {
  let atMs = 0
  let looks = 0
  const results = await settle(patience, {
    look: async () => {
      atMs += LOOK_MS
      looks += 1
      const failing = fails(looks)
      const one = (id: string) => ({ id, outcome: failing.includes(id) ? as : 'kept' }) as ProbeResult
      return { results: ['a', 'b', 'c'].map(one), durationMs: LOOK_MS }
    },
    nowMs: () => atMs,
    sleep: async (ms) => {
      atMs += ms
    },
  })
  const broken = results.filter(({ outcome }) => outcome !== 'kept').map(({ id }) => id)
  return { broken, looks, seconds: atMs / 1000 }
}

test('a stage that holds is looked at once', async () => {
  expect(await settled({ withinMs: 60_000, stuckMs: 20_000 }, () => [])).toEqual({ broken: [], looks: 1, seconds: 1 })
})

test('a stage that comes to hold is waited for', async () => {
  const seen = await settled({ withinMs: 60_000, stuckMs: 20_000 }, (look) => (look < 5 ? ['a', 'b'] : []))
  expect(seen).toEqual({ broken: [], looks: 5, seconds: 13 })
})

test('where the same fails in every look, no more is waited than that', async () => {
  const seen = await settled({ withinMs: 60_000, stuckMs: 20_000 }, () => ['b'])
  expect(seen).toEqual({ broken: ['b'], looks: 8, seconds: 22 })
})

test('what begins to fail is no betterment, and what comes to hold is', async () => {
  const worse = await settled({ withinMs: 60_000, stuckMs: 20_000 }, (look) => (look < 4 ? ['b'] : ['a', 'b']))
  expect(worse.seconds).toBe(22)
  const better = await settled({ withinMs: 60_000, stuckMs: 20_000 }, (look) => (look < 4 ? ['a', 'b'] : ['b']))
  expect(better.seconds).toBe(31)
})

test('what fails now here and now there does not get better by that', async () => {
  const seen = await settled({ withinMs: 60_000, stuckMs: 20_000 }, (look) => (look % 2 === 0 ? ['a'] : ['b', 'c']))
  expect(seen.seconds).toBe(25)
})

test('however much gets better, the deadline holds', async () => {
  const seen = await settled({ withinMs: 30_000, stuckMs: 20_000 }, (look) =>
    ['a', 'b', 'c'].slice(0, 4 - Math.ceil(look / 4)),
  )
  expect(seen.seconds).toBeLessThan(30)
  expect(seen.seconds).toBeGreaterThan(25)
})

test('on the way back the same may fail as long as there is time', async () => {
  const seen = await settled({ withinMs: 180_000 }, () => ['a', 'b', 'c'])
  expect(seen.seconds).toBeGreaterThan(170)
})

test('what is only not seen is looked for as long as there is time', async () => {
  const seen = await settled({ withinMs: 60_000, stuckMs: 20_000 }, () => ['b'], 'unseen')
  expect(seen.seconds).toBeGreaterThan(55)
})
