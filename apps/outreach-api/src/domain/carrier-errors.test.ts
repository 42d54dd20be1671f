import { expect, test } from 'vitest'
import { carrierErrorText } from './carrier-errors.ts'

test.each([
  [
    21610,
    'failed',
    false,
    'The patient has said STOP. Call instead. The patient can text START to hear from you again.',
  ],
  [30006, 'failed', false, 'This is a landline, or its network takes no messages. Call, or ask for a mobile number.'],
  [30003, 'undelivered', false, 'The phone is off or out of reach. Try again later, or call.'],
  [99999, 'failed', false, 'The carrier refused the message. Try again later, or call the patient.'],
  [99999, 'failed', true, 'The carrier refused the message. Send it again; if that fails too, call the patient.'],
  [null, 'undelivered', false, 'The carrier gave no reason. Try again later, or call the patient.'],
  [null, 'failed', true, 'It could not be sent. Send it again; if that fails too, call the patient.'],
  [null, 'sent', false, null],
] as const)(
  'number %s of a message that is %s, to be sent again: %s, is told as: %s',
  (code, status, canRetry, text) => {
    expect(carrierErrorText(code, status, canRetry)).toBe(text)
  },
)
