import { expect, test } from 'vitest'
import { carrierFixture, harbor, noonMs, poolOne, serviceSid } from '../../test/carrier-fixture.ts'

const codeOf = (form: Record<string, string>) => {
  const sent = carrierFixture().send(form)
  return sent.kind === 'refused' ? [sent.refusal.code, sent.refusal.status] : sent.kind
}
const inMs = (ms: number) => new Date(noonMs + ms).toISOString()
const minutes = 60_000
const schedule = { MessagingServiceSid: serviceSid, From: '', ScheduleType: 'fixed' }

test.each<[why: string, code: number, status: number, form: Record<string, string>]>([
  ['no recipient', 21604, 400, { To: '' }],
  ['a recipient that is no number', 21211, 400, { To: 'Maeve' }],
  ['a recipient that is too short', 21211, 400, { To: '+1617555' }],
  ['a recipient without its country', 21211, 400, { To: '6175550101' }],
  ['neither number nor service', 21603, 400, { From: '' }],
  ['somebody else’s number', 21606, 400, { From: '+19995550100' }],
  ['a number outside of the service’s pool', 21606, 400, { MessagingServiceSid: serviceSid, From: harbor }],
  ['an unknown service', 21701, 404, { MessagingServiceSid: `MG${'0'.repeat(32)}` }],
  ['neither text nor picture', 21619, 400, { Body: '' }],
  ['1601 characters', 21617, 400, { Body: 'x'.repeat(1601) }],
  ['a picture that is nowhere', 21620, 400, { MediaUrl: 'picture.png' }],
  ['a callback that is no address', 21609, 400, { StatusCallback: 'status' }],
  ['a callback that leaves this computer', 21609, 400, { StatusCallback: 'https://status.example.com/' }],
  ['a validity of no second', 90007, 400, { ValidityPeriod: '0' }],
  ['a validity of more than ten hours', 90007, 400, { ValidityPeriod: '36001' }],
  ['a schedule without a service', 35118, 400, { ScheduleType: 'fixed', SendAt: inMs(60 * minutes) }],
  ['a schedule of an unknown kind', 35126, 400, { ...schedule, ScheduleType: 'optimised' }],
  ['a schedule without its time', 35111, 400, schedule],
  ['a schedule within five minutes', 35115, 400, { ...schedule, SendAt: inMs(5 * minutes) }],
  ['a schedule in 36 days', 35115, 400, { ...schedule, SendAt: inMs(36 * 24 * 60 * minutes) }],
  ['a schedule at no time', 35115, 400, { ...schedule, SendAt: 'tomorrow' }],
  ['the number that stands for too many requests', 20429, 429, { To: '+13035550129' }],
])('%s is refused with %i', (_why, code, status, form) => {
  expect(codeOf(form)).toEqual([code, status])
})

test.each<[what: string, form: Record<string, string>]>([
  ['1600 characters', { Body: 'x'.repeat(1600) }],
  ['a number of the service’s pool', { MessagingServiceSid: serviceSid, From: poolOne }],
  ['six minutes ahead', { ...schedule, SendAt: inMs(6 * minutes) }],
  ['35 days ahead', { ...schedule, SendAt: inMs(35 * 24 * 60 * minutes) }],
])('%s is taken', (_what, form) => {
  expect(codeOf(form)).toBe('accepted')
})

test('eleven pictures are refused with 21623', () => {
  const { carrier } = carrierFixture()
  const form = new URLSearchParams({ To: '+16175550101', From: harbor })
  for (let count = 0; count < 11; count += 1) form.append('MediaUrl', 'http://127.0.0.1/x.png')
  expect(carrier.send(form)).toMatchObject({ kind: 'refused', refusal: { code: 21623 } })
})
