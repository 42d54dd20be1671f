import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { isLostConnection, StoreError, storeErrorOf } from './store-error.ts'

const coded = (code: string) => Object.assign(new Error('x'), { code })

test.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '57014', '08006', '53300', '55P03', '28P01'])(
  '%s means that the database does not answer now',
  (code) => {
    expect(storeErrorOf(coded(code))).toEqual(new StoreError('unavailable'))
  },
)

test.each([
  'timeout exceeded when trying to connect',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Query read timeout',
])('"%s", which has no code, means so too', (message) => {
  expect(storeErrorOf(new Error(message))).toEqual(new StoreError('unavailable'))
})

test('a refused connection to every address of a name means so too', () => {
  expect(storeErrorOf(new AggregateError([coded('ECONNREFUSED')]))).toEqual(new StoreError('unavailable'))
})

test('a NUL in a text is told apart, also inside an error of the query builder', () => {
  const wrapped = new DrizzleQueryError('insert …', ['secret'], coded('22021'))
  expect(storeErrorOf(wrapped)).toEqual(new StoreError('unstorable_text'))
})

test('a defect of ours stays what it is, without the query and its values', () => {
  const defect = coded('42P01')
  expect(storeErrorOf(defect)).toBe(defect)
  expect(storeErrorOf(new DrizzleQueryError('select …', ['secret'], defect))).toBe(defect)
})

test.each<[Error, boolean]>([
  [coded('ECONNRESET'), true],
  [coded('57P01'), true],
  [new Error('Connection terminated unexpectedly'), true],
  [new Error('Query read timeout'), false],
  [coded('ECONNREFUSED'), false],
])('%s: another connection is worth a try: %s', (error, expected) => {
  expect(isLostConnection(error)).toBe(expected)
})
