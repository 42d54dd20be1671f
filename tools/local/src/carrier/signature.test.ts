import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import { expect, test } from 'vitest'
import { signatureOf } from './signature.ts'

const token = '0123456789abcdef0123456789abcdef'
const url = 'http://127.0.0.1:4000/outreach/webhooks/twilio/status?m=4b0c'

test.each<[what: string, parameters: Record<string, string>]>([
  ['a status', { MessageSid: 'SM1', MessageStatus: 'delivered', AccountSid: 'AC1' }],
  ['hostile names and other scripts', { Body: "<b>x</b> O'Brien & José 李 😴", From: '+16175550101' }],
  ['empty values and line ends', { Body: '', FromCity: 'a\nb' }],
  ['no parameters', {}],
])('Twilio’s own check accepts the signature over %s', (_what, parameters) => {
  expect(validateRequest(token, signatureOf(token, url, parameters), url, parameters)).toBe(true)
})

test('another token, address or parameter makes another signature', () => {
  const signature = signatureOf(token, url, { Body: 'STOP' })
  expect(validateRequest(`${token}x`, signature, url, { Body: 'STOP' })).toBe(false)
  expect(validateRequest(token, signature, `${url}0`, { Body: 'STOP' })).toBe(false)
  expect(validateRequest(token, signature, url, { Body: 'START' })).toBe(false)
})
