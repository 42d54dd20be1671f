import { expect, test } from 'vitest'
import { type SecretState, successorId } from './secret-store.ts'

const state = (more: Partial<SecretState>): SecretState => ({
  arn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:sleepconnect/develop/session-AbCdEf',
  nowMs: 0,
  currentId: 'v1',
  previousId: undefined,
  current: undefined,
  ...more,
})

test('the id of the version that follows is made from the ids before it, as a UUID of its own kind', () => {
  // printf '<arn>\nv1\n' | sha256sum, cut to 32 digits, with 8 and a where RFC 9562 has version and variant.
  expect(successorId(state({}))).toBe('9b56dab6-e3ba-8ac6-a74c-5352952e1c42')
})

test.each([
  ['another version in use', { currentId: 'v2' }],
  ['another version before it', { previousId: 'v0' }],
  ['no version yet', { currentId: undefined }],
  ['the same two labels, exchanged by hand', { currentId: undefined, previousId: 'v1' }],
  [
    'another secret',
    { arn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:sleepconnect/develop/session-GhIjKl' },
  ],
])('%s has another successor', (_what, more) => {
  expect(successorId(state(more))).not.toBe(successorId(state({})))
})

test('neither the value nor the time has a part in it', () => {
  expect(successorId(state({ nowMs: 5, current: { text: 'secret', createdAtMs: 4 } }))).toBe(successorId(state({})))
})
