import { expect, test } from 'vitest'
import { carrierErrorText } from './carrier-errors.ts'

test.each([
  [21610, 'failed', 'The patient has said STOP. They have to text START before anything can be sent.'],
  [30006, 'failed', 'This is a landline or cannot receive texts. Call the patient, or ask for a mobile number.'],
  [30003, 'undelivered', 'The phone is switched off or out of reach. Try again later, or call.'],
  [99999, 'failed', 'The carrier refused the message. Send it again; if that fails too, call.'],
  [null, 'undelivered', 'It could not be sent. Send it again.'],
  [null, 'sent', null],
] as const)('number %s of a message that is %s: %s', (code, status, text) => {
  expect(carrierErrorText(code, status)).toBe(text)
})
