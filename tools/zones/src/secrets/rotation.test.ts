import { expect, test } from 'vitest'
import { afterStep, type Due, dueStep, type RotationFacts } from './rotation.ts'

const noon = Date.UTC(2026, 10, 28, 12)
const at = (hours: number, minutes: number, seconds = 0) => Date.UTC(2026, 10, 28, hours, minutes, seconds)

const facts = (fields: RotationFacts['fields'], nowMs: number, before?: RotationFacts['before']): RotationFacts => ({
  fields,
  before,
  createdAtMs: noon,
  nowMs,
})
const waiting = (step: string, dueAtMs: number, leftSec: number) => ({ kind: 'waiting', step, dueAtMs, leftSec })
const due = (step: string) => ({ kind: 'due', step })

test.each([
  ['is prepared first', 'user-context', facts({ current: 'a' }, noon), due('prepare')],
  [
    'is promoted once everybody has read the next one: 5 minutes, and one for clocks',
    'user-context',
    facts({ current: 'a', next: 'b' }, at(12, 1)),
    waiting('promote', at(12, 6), 300),
  ],
  [
    'waits to the last second',
    'user-context',
    facts({ current: 'a', next: 'b' }, at(12, 5, 59)),
    waiting('promote', at(12, 6), 1),
  ],
  ['is promoted then', 'user-context', facts({ current: 'a', next: 'b' }, at(12, 6)), due('promote')],
  [
    'is retired once the last token of the last process to notice has ended: 5 + 1 + 15 + 1 minutes',
    'user-context',
    facts({ current: 'b', previous: 'a' }, noon),
    waiting('retire', at(12, 22), 1320),
  ],
  ['is retired then', 'user-context', facts({ current: 'b', previous: 'a' }, at(12, 22)), due('retire')],
  [
    'is retired before it is promoted again',
    'user-context',
    facts({ current: 'b', next: 'c', previous: 'a' }, at(12, 22)),
    due('retire'),
  ],
  ['is exchanged at once', 'session', facts({ current: 'a' }, noon), due('exchange')],
  [
    'is retired after a working day: 12 hours, 5 + 1 minutes',
    'session',
    facts({ current: 'b', previous: 'a' }, at(12, 6)),
    waiting('retire', at(24, 6), 43_200),
  ],
  ['is exchanged at once', 'twilio', facts({ authToken: 'a' }, noon), due('exchange')],
  [
    'is retired a day and 6 minutes later',
    'twilio',
    facts({ authToken: 'b', previousAuthToken: 'a' }, noon),
    waiting('retire', at(36, 6), 86_760),
  ],
  ['is exchanged whenever somebody asks', 'auth0', facts({ clientSecret: 'a' }, noon), due('exchange')],
] as const)('%s: %s', (_when, name, secret, wanted) => {
  expect(dueStep(name, secret)).toEqual(wanted)
})

test('a clock of the store that stands before its own date waits the whole time, and no longer', () => {
  const earlier = facts({ current: 'a', next: 'b' }, at(11, 59, 30))
  expect(dueStep('user-context', earlier)).toEqual(waiting('promote', at(12, 6), 390))
})

test.each<[what: string, before: RotationFacts['before'], nowMs: number, again: boolean, wanted: Due | object]>([
  [
    'a rotation that has just ended is over',
    { current: 'b', previous: 'a' },
    at(12, 1),
    false,
    { kind: 'finished', endedAtMs: noon },
  ],
  ['a day later another one begins', { current: 'b', previous: 'a' }, at(36, 0), false, due('prepare')],
  ['so it does when somebody insists', { current: 'b', previous: 'a' }, at(12, 1), true, due('prepare')],
  [
    'a value that was replaced in mid-rotation has not ended one',
    { current: 'x', previous: 'a' },
    at(12, 1),
    false,
    due('prepare'),
  ],
  ['a value that nothing came before has not either', undefined, at(12, 1), false, due('prepare')],
])('%s', (_what, before, nowMs, again, wanted) => {
  expect(dueStep('user-context', facts({ current: 'b' }, nowMs, before), again)).toEqual(wanted)
})

test.each([
  ['user-context', 'prepare', { current: 'a' }, { current: 'b' }, { current: 'a', next: 'b' }],
  ['user-context', 'promote', { current: 'a', next: 'b' }, {}, { current: 'b', previous: 'a' }],
  ['user-context', 'retire', { current: 'b', previous: 'a' }, {}, { current: 'b' }],
  ['session', 'exchange', { current: 'a' }, { current: 'b' }, { current: 'b', previous: 'a' }],
  ['auth0', 'exchange', { clientSecret: 'a' }, { clientSecret: 'b' }, { clientSecret: 'b' }],
  [
    'twilio',
    'exchange',
    { authToken: 'a', apiKeySid: 's', apiKeySecret: 'k' },
    { authToken: 'b' },
    { authToken: 'b', previousAuthToken: 'a', apiKeySid: 's', apiKeySecret: 'k' },
  ],
  [
    'twilio',
    'retire',
    { authToken: 'b', previousAuthToken: 'a', apiKeySid: 's', apiKeySecret: 'k' },
    {},
    { authToken: 'b', apiKeySid: 's', apiKeySecret: 'k' },
  ],
] as const)('%s, %s: what is left', (name, step, before, fresh, after) => {
  expect(afterStep(name, step, before, fresh)).toEqual(after)
})
