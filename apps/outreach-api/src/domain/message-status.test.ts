import fc from 'fast-check'
import { expect, test } from 'vitest'
import { further, type MessageStatus, type Progress, statusOfCarrier } from './message-status.ts'

const statuses: readonly MessageStatus[] = ['queued', 'sending', 'sent', 'undelivered', 'failed', 'delivered', 'read']

test.each<[one: MessageStatus, other: MessageStatus, end: MessageStatus]>([
  ['queued', 'sending', 'sending'],
  ['sent', 'queued', 'sent'],
  ['delivered', 'sent', 'delivered'],
  ['delivered', 'read', 'read'],
  ['failed', 'sending', 'failed'],
  ['undelivered', 'sent', 'undelivered'],
  ['delivered', 'undelivered', 'delivered'],
  ['failed', 'delivered', 'delivered'],
])('A15: %s and %s end as %s, whichever comes first', (one, other, end) => {
  expect(further({ status: one }, { status: other }).status).toBe(end)
  expect(further({ status: other }, { status: one }).status).toBe(end)
})

test('A15: the end of any reports does not depend on their order or repetition', () => {
  const progress: fc.Arbitrary<Progress> = fc.record({
    status: fc.constantFrom(...statuses),
    errorCode: fc.option(fc.constantFrom(30003, 30005, 30007), { nil: undefined }),
  })
  const end = (reports: readonly Progress[]) => reports.reduce(further, { status: 'queued' })
  fc.assert(
    fc.property(fc.array(progress, { minLength: 1, maxLength: 6 }), fc.array(fc.nat(50)), (reports, repeats) => {
      const again = [
        ...reports.toReversed(),
        ...repeats.map((index) => reports[index % reports.length] ?? { status: 'queued' as const }),
      ]
      const [first, second] = [end(reports), end(again)]
      expect([second.status, second.errorCode ?? 0]).toEqual([first.status, first.errorCode ?? 0])
    }),
  )
})

test.each([
  ['accepted', 'queued'],
  ['scheduled', 'queued'],
  ['sending', 'sending'],
  ['partially_delivered', 'delivered'],
  ['canceled', 'failed'],
  ['received', undefined],
  ['__proto__', undefined],
])("the carrier's %s is our %s", (word, expected) => {
  expect(statusOfCarrier(word)).toBe(expected)
})
