import { carrierErrors } from '@sax/api-contract/carrier-errors'
import { expect, test } from 'vitest'
import { messageFixture } from '../conversation-fixture.ts'
import { mayBeWrittenAgain, statusWords } from './status-words.ts'

const NOW = Date.parse('2026-11-02T15:00:00.000Z')
const words = (more: Parameters<typeof messageFixture>[0]) => statusWords(messageFixture(more), NOW)

test.each([
  ['queued', 'On its way'],
  ['sending', 'On its way'],
  ['sent', 'Sent'],
  ['delivered', 'Delivered'],
  ['read', 'Read'],
] as const)('%s is said as %s', (status, label) => {
  expect(words({ status })).toEqual({ label, failed: false })
})

test('a message for tomorrow is scheduled, and on its way when its time has come', () => {
  expect(words({ status: 'queued', scheduledFor: '2026-11-03T13:00:00.000Z' }).label).toBe('Scheduled')
  expect(words({ status: 'queued', scheduledFor: '2026-11-02T13:00:00.000Z' }).label).toBe('On its way')
})

test('a message that was called off is said as that, and is no failure', () => {
  expect(words({ status: 'failed', cancelledAt: '2026-11-02T14:00:00.000Z', canRetry: true })).toEqual({
    label: 'Called off, not sent',
    failed: false,
  })
})

test('every number that the contract knows is told with its reason and what to do next, whoever says it', () => {
  for (const [code, told] of Object.entries(carrierErrors)) {
    expect(words({ status: 'undelivered', errorCode: Number(code), errorMessage: 'Of before' })).toEqual({
      ...{ label: 'Not delivered', failed: true, ...told },
    })
  }
})

test('an error nobody foresaw is told in the words of the backend alone, or honestly without', () => {
  expect(words({ status: 'failed', errorCode: 99999, errorMessage: 'Odd thing. Call.' })).toEqual({
    ...{ label: 'Not delivered', failed: true, reason: 'Odd thing. Call.' },
  })
  expect(words({ status: 'failed', errorCode: null, canRetry: true })).toEqual({
    ...{ label: 'Not delivered', failed: true, reason: 'It could not be sent.' },
    next: 'Send it again; if that fails too, call the patient.',
  })
})

test.each([
  ['not delivered by the carrier', { status: 'undelivered', errorCode: 30003 }, true],
  ['failed at the carrier', { status: 'failed', errorCode: 30001 }, true],
  ['given up before the carrier had it, and sent again as it is', { status: 'failed', canRetry: true }, false],
  ['to somebody who said stop', { status: 'failed', errorCode: 21610 }, false],
  ['a picture without words', { status: 'failed', errorCode: 12300, body: '' }, false],
  ['delivered', { status: 'delivered' }, false],
] as const)('the words of a message that is %s may be written again: %o, %s', (_what, more, may) => {
  expect(mayBeWrittenAgain(messageFixture(more))).toBe(may)
})
