import { verificationPeople } from '@sax/release'
import { createMinter } from '@sax/user-context/mint'
import { createVerifier } from '@sax/user-context/verify'
import { expect, test } from 'vitest'
import { AwsFailure } from '../aws/aws-failure.ts'
import type { Invoked } from '../aws/invoke.ts'
import { type CallHost, createStageTokens } from './stage-tokens.ts'

const secret = 'a-secret-of-this-test-with-32-bytes'

/** A host that mints for the people of verification, on a clock that the test moves. */
function stage() {
  const clock = { sec: 1_800_000_000 }
  const calls: unknown[] = []
  const mint = createMinter({ secret, nowSec: () => clock.sec })
  const callHost: CallHost = async (event) => {
    calls.push(event)
    if (event.sax !== 'verification-token') throw new TypeError('another event')
    const { token } = await mint(verificationPeople[event.of] as never, 60)
    const payload = {
      token: event.flaw === undefined ? token : `${event.flaw} of the host`,
      expiresAtSec: clock.sec + 60,
    }
    return { kind: 'answered', payload, executedVersion: '7' }
  }
  const tokens = createStageTokens(callHost, () => clock.sec * 1000)
  const verify = createVerifier({ secrets: { current: secret }, nowSec: () => clock.sec })
  return { clock, calls, tokens, verify }
}

test('a token comes from the host, and is used again only while it lives', async () => {
  const { clock, calls, tokens, verify } = stage()
  const first = await tokens('first')
  expect((await verify([String(first)])).kind).toBe('ok')
  clock.sec += 44
  expect(await tokens('first')).toBe(first)
  clock.sec += 2
  expect(await tokens('first')).not.toBe(first)
  expect(calls).toHaveLength(2)
})

test('each person has a token of their own', async () => {
  const { calls, tokens } = stage()
  await Promise.all([tokens('first'), tokens('second'), tokens('first')])
  expect(calls).toEqual([
    { sax: 'verification-token', of: 'first' },
    { sax: 'verification-token', of: 'second' },
  ])
})

test('flaws that need the secret come from the host, the others are made from a right token', async () => {
  const { calls, tokens, verify } = stage()
  expect(await tokens('first', 'expired')).toBe('expired of the host')
  for (const flaw of ['forged', 'edited', 'alg-none', 'truncated'] as const) {
    expect(await verify([String(await tokens('first', flaw))]), flaw).toMatchObject({ kind: 'refused' })
  }
  expect(calls).toEqual([
    { sax: 'verification-token', of: 'first', flaw: 'expired' },
    { sax: 'verification-token', of: 'first' },
  ])
})

const denied = new AwsFailure({
  ...{ code: 'denied', action: 'lambda:InvokeFunction', errorName: 'AccessDeniedException' },
  ...{ message: 'These credentials may not do lambda:InvokeFunction.', next: 'Ask.' },
})

test.each<[what: string, invoked: () => Promise<Invoked>, why: RegExp]>([
  ['threw', async () => ({ kind: 'failed', errorType: 'Sandbox.Timedout', logTail: 'x' }), /Sandbox\.Timedout/],
  [
    'answered something else',
    async () => ({ kind: 'answered', payload: { statusCode: 503 }, executedVersion: '1' }),
    /another answer/,
  ],
  ['may not be called', () => Promise.reject(denied), /may not do lambda:InvokeFunction/],
])('a host that %s gives no token, which is said and not asked again at once', async (_what, invoked, why) => {
  let calls = 0
  let nowMs = 0
  const tokens = createStageTokens(
    () => {
      calls += 1
      return invoked()
    },
    () => nowMs,
  )
  expect(await tokens('first')).toEqual({ why: expect.stringMatching(why) })
  await tokens('first', 'forged')
  expect(calls).toBe(1)
  nowMs += 11_000
  await tokens('first')
  expect(calls).toBe(2)
})
