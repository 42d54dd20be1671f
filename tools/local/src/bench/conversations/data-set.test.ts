import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import { expect, test } from 'vitest'
import { inboundWebhook } from './inbound-webhook.ts'
import { numberOf } from './practice-numbers.ts'
import { QUESTIONS } from './questions.ts'
import { coordinator, idOf } from './staff.ts'

test('an id is the one that the data set gives', () => {
  // md5('tenant1') is febe027753c156ce2acdbbd9c80a8407, and two digits say version 4.
  expect(idOf('tenant', 1)).toBe('febe0277-53c1-46ce-8acd-bbd9c80a8407')
})

test('a coordinator works in a practice of the tenant that was asked for', async () => {
  const { context, headers } = await coordinator('a-secret-of-the-tests-0123456789abcdef', 2, 3, 4)
  // Practices are counted from 1 over all tenants, four each, and have five coordinators, the first of whom is 100001.
  expect(context).toMatchObject({ practiceId: idOf('practice', 8), tenantId: idOf('tenant', 2), saxId: 100_040 })
  expect(headers['x-sax-id']).toBe('100040')
  expect(numberOf(context.practiceId)).toBe('+16175550008')
})

test('the carrier’s own check accepts what stands for the carrier', () => {
  const url = 'http://127.0.0.1:4910'
  const authToken = 'a-token-of-the-tests-0123456789abcdef'
  const { path, headers, body } = inboundWebhook(
    { url, accountSid: `AC${'b'.repeat(32)}`, authToken },
    { from: '+12015550123', to: '+16175550001', body: 'O’Brien & José 李' },
  )
  const fields = Object.fromEntries(new URLSearchParams(body))
  expect(fields).toMatchObject({ Body: 'O’Brien & José 李', From: '+12015550123' })
  expect(validateRequest(authToken, headers['x-twilio-signature'] ?? '', url + path, fields)).toBe(true)
})

test('every question has a name of its own', () => {
  expect(new Set(QUESTIONS.map(({ what }) => what)).size).toBe(QUESTIONS.length)
})
