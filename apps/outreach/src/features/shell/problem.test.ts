import { ApiError } from '@sax/api-contract/client'
import { expect, test } from 'vitest'
import { isPassing, problemOf, retryDelayMs } from './problem.ts'

const refused = (status: number, code: ConstructorParameters<typeof ApiError>[1]['code'], message: unknown = 'Words') =>
  new ApiError(status, { code, message: message as string, requestId: 'r-1' })

test.each([
  ['an object nobody expected', { error: { message: 'x' } }],
  ['an error of another shape', new Error('[object Object]')],
  ['a message that is an object', refused(400, 'VALIDATION_ERROR', { nested: true })],
])('A8: %s never shows [object Object]', (_why, error) => {
  expect(JSON.stringify(problemOf(error))).not.toContain('[object Object]')
  expect(typeof problemOf(error).description).toBe('string')
})

test.each([
  [0, 'UPSTREAM_UNAVAILABLE', true],
  [502, 'UPSTREAM_UNAVAILABLE', true],
  [503, 'UPSTREAM_UNAVAILABLE', true],
  [429, 'RATE_LIMITED', true],
  [500, 'INTERNAL_ERROR', false],
  [401, 'UNAUTHORIZED', false],
  [404, 'NOT_FOUND', false],
  [409, 'VERSION_CONFLICT', false],
] as const)('status %i passes by itself: %s %s', (status, code, passing) => {
  expect(isPassing(refused(status, code))).toBe(passing)
})

test('the request can be named to support', () => {
  expect(problemOf(refused(500, 'INTERNAL_ERROR')).requestId).toBe('r-1')
})

test.each([
  [0, 500],
  [1, 1000],
  [4, 8000],
  [5, 10_000],
  [99, 10_000],
])('after %i failures the pause is %i ms', (failures, ms) => {
  expect(retryDelayMs(failures)).toBe(ms)
})
