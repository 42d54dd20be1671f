import { expect, test } from 'vitest'
import { bodyWithin, createFirewall } from './waf.ts'

const acl = (rules: object) => ({
  ...{ name: 'acl', rate: undefined, bodySize: undefined, needsUserAgent: false },
  ...rules,
})
const userAgent = 'Firefox'

test('an address that asks too often is blocked until the next window, others are not', () => {
  let nowMs = 0
  const admits = createFirewall(acl({ rate: { limit: 2, windowSec: 60 } }), () => nowMs)
  const ask = (ip: string) => admits({ ip, bodyBytes: undefined, userAgent })
  expect([ask('192.0.2.1'), ask('192.0.2.1'), ask('192.0.2.1')]).toEqual([true, true, false])
  expect(ask('192.0.2.2')).toBe(true)
  nowMs = 59_999
  expect(ask('192.0.2.1')).toBe(false)
  nowMs = 60_000
  expect(ask('192.0.2.1')).toBe(true)
})

test('no more than 100,000 addresses are remembered, oldest out', () => {
  const admits = createFirewall(acl({ rate: { limit: 1, windowSec: 60 } }), () => 0)
  for (let i = 0; i <= 100_000; i += 1) admits({ ip: String(i), bodyBytes: undefined, userAgent })
  expect(admits({ ip: '100000', bodyBytes: undefined, userAgent })).toBe(false)
  expect(admits({ ip: '0', bodyBytes: undefined, userAgent })).toBe(true)
})

test.each<[action: 'block' | 'count', bodyBytes: number | undefined, passes: boolean]>([
  ['block', 8192, true],
  ['block', 8193, false],
  ['block', undefined, true],
  ['count', 8193, true],
])('a rule that %ss bodies over 8192 bytes lets %s pass: %s', (action, bodyBytes, passes) => {
  const admits = createFirewall(acl({ bodySize: { limitBytes: 8192, action } }), () => 0)
  expect(admits({ ip: '192.0.2.1', bodyBytes, userAgent })).toBe(passes)
})

test.each<[userAgent: string | undefined, needed: boolean, passes: boolean]>([
  [undefined, true, false],
  ['', true, false],
  ['curl/8.5.0', true, true],
  [undefined, false, true],
])('a program that calls itself %s, where one has to (%s), passes: %s', (given, needsUserAgent, passes) => {
  const admits = createFirewall(acl({ needsUserAgent }), () => 0)
  expect(admits({ ip: '192.0.2.1', bodyBytes: undefined, userAgent: given })).toBe(passes)
})

test('without rules everything passes', () => {
  expect(createFirewall(undefined, () => 0)({ ip: '192.0.2.1', bodyBytes: 1e9, userAgent: undefined })).toBe(true)
})

const body = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(Buffer.from(chunk))
      controller.close()
    },
  })

test('a body of unknown length is read as far as the limit and passed on whole', async () => {
  expect(await new Response(await bodyWithin(body('ab', 'cd'), 4)).text()).toBe('abcd')
  expect(await bodyWithin(body('ab', 'cd', 'e'), 4)).toBeUndefined()
})
