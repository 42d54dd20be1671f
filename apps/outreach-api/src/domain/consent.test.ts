import { expect, test } from 'vitest'
import { type ConsentEvent, type ConsentState, nextConsent } from './consent.ts'

const states: readonly ConsentState[] = ['subscribed', 'opted_out', 'held']

test.each<[event: ConsentEvent, fromSubscribed: ConsentState, fromOptedOut: ConsentState, fromHeld: ConsentState]>([
  ['stop', 'opted_out', 'opted_out', 'opted_out'],
  ['start', 'subscribed', 'subscribed', 'subscribed'],
  ['yes', 'subscribed', 'subscribed', 'held'],
  ['revocation', 'held', 'opted_out', 'held'],
  ['carrier_refusal', 'opted_out', 'opted_out', 'opted_out'],
  ['person_opt_out', 'opted_out', 'opted_out', 'opted_out'],
  ['person_release', 'subscribed', 'opted_out', 'subscribed'],
])('A14: %s leads from subscribed to %s, from opted out to %s, from held to %s', (event, ...ends) => {
  expect(states.map((state) => nextConsent(state, event).state)).toEqual(ends)
})

test.each<[event: ConsentEvent, state: ConsentState, recorded: boolean]>([
  ['stop', 'opted_out', true],
  ['yes', 'subscribed', false],
  ['yes', 'opted_out', true],
  ['person_release', 'opted_out', false],
])('%s when %s is written down: %s', (event, state, recorded) => {
  expect(nextConsent(state, event).recorded).toBe(recorded)
})
