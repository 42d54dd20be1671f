import type pg from 'pg'
import { expect, test } from 'vitest'
import { answered } from './answered.ts'
import { StoreError, storeErrorOf } from './store-error.ts'

type Callback = (error: Error | null, result?: unknown) => void
const clientThat = (does: (callback: Callback) => void) =>
  ({ query: (_: unknown, callback: Callback) => does(callback) }) as unknown as pg.PoolClient

test('a server that is frozen counts as one that does not answer', async () => {
  const frozen = answered(
    clientThat(() => undefined),
    { text: 'select 1' },
    5,
  )
  const error: unknown = await frozen.catch((error: unknown) => storeErrorOf(error))
  expect(error).toEqual(new StoreError('unavailable'))
})

test.each([
  ['what the server answers is answered', (callback: Callback) => callback(null, 'rows'), ['rows']],
  [
    'what it refuses is thrown',
    (callback: Callback) => callback(new Error('no such table')),
    [new Error('no such table')],
  ],
])('%s', async (_, does, [expected]) => {
  expect(await answered(clientThat(does), { text: 'select 1' }).catch((error: unknown) => error)).toEqual(expected)
})
