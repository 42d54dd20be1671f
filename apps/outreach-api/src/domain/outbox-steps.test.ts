import { expect, test } from 'vitest'
import { afterAnswer, afterLookup, heldBack } from './outbox-steps.ts'

const facts = { nowMs: 1_000_000, attempts: 1, random: 0 }

test('what the carrier took is done, under its name', () => {
  const progress = { status: 'queued' } as const
  expect(afterAnswer({ kind: 'accepted', sid: 'SM1', progress }, facts)).toEqual({
    state: 'done',
    sid: 'SM1',
    message: progress,
  })
})

test('what may have been taken is asked for after a minute, and not sent before', () => {
  expect(afterAnswer({ kind: 'unknown', code: 'timeout' }, facts)).toEqual({
    state: 'unknown',
    nextAttemptAtMs: 1_060_000,
    errorCode: 'timeout',
  })
})

test.each([
  [1, 0, 1_001_000],
  [1, 0.5, 1_001_500],
  [2, 0, 1_002_000],
  [5, 0, 1_016_000],
  [7, 0.999, 1_127_936],
])(
  'attempt %i that was not processed, with luck %f, is followed by another at %i',
  (attempts, random, nextAttemptAtMs) => {
    expect(afterAnswer({ kind: 'not_processed', code: '20429' }, { ...facts, attempts, random })).toEqual({
      state: 'waiting',
      nextAttemptAtMs,
      errorCode: '20429',
    })
  },
)

test('the carrier may ask for a longer pause', () => {
  const answer = { kind: 'not_processed', code: '20429', retryAfterMs: 90_000 } as const
  expect(afterAnswer(answer, facts).nextAttemptAtMs).toBe(1_090_000)
})

test('the twelfth attempt is the last', () => {
  expect(afterAnswer({ kind: 'not_processed', code: 'unreachable' }, { ...facts, attempts: 12 })).toEqual({
    state: 'dead',
    errorCode: 'unreachable',
    message: { status: 'failed' },
  })
  expect(afterLookup({ kind: 'nothing' }, { ...facts, attempts: 12 })).toMatchObject({
    state: 'dead',
    errorCode: 'not_sent',
  })
})

test("a refusal ends at once and keeps the carrier's number", () => {
  expect(afterAnswer({ kind: 'refused', code: '21211' }, facts)).toEqual({
    state: 'dead',
    errorCode: '21211',
    message: { status: 'failed', errorCode: 21211 },
  })
})

test('A14: a refusal for an opted-out number is told to consent', () => {
  expect(afterAnswer({ kind: 'refused', code: '21610' }, facts)).toMatchObject({
    state: 'dead',
    consent: 'carrier_refusal',
  })
})

test('what the carrier does not have is sent at once', () => {
  expect(afterLookup({ kind: 'nothing' }, facts)).toEqual({
    state: 'waiting',
    nextAttemptAtMs: 1_000_000,
    errorCode: 'not_sent',
  })
})

test('as long as the carrier cannot be asked nothing is given up or sent', () => {
  const step = afterLookup({ kind: 'no_answer', code: 'timeout' }, { ...facts, attempts: 80 })
  expect(step).toEqual({ state: 'unknown', nextAttemptAtMs: 1_150_000, errorCode: 'timeout' })
})

test('A14: consent decides before anything leaves', () => {
  expect(heldBack('subscribed', facts)).toBeUndefined()
  expect(heldBack('held', facts)).toEqual({ state: 'waiting', nextAttemptAtMs: 1_030_000, uncounted: true })
  expect(heldBack('opted_out', facts)).toMatchObject({ state: 'dead', message: { status: 'failed', errorCode: 21610 } })
})
