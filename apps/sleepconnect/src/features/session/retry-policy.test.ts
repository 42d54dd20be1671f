import { ApiError } from '@sax/api-contract/client'
import { expect, test } from 'vitest'
import { recheckMs, retriesLater } from './retry-policy.ts'

const refusedWith = (status: number) => new ApiError(status, { code: 'INTERNAL_ERROR', message: 'm', requestId: 'r' })

test.each([0, 429, 500, 502, 503, 504])('after %i the page asks again by itself', (status) => {
  expect(retriesLater(0, refusedWith(status))).toBe(true)
  expect(retriesLater(1, refusedWith(status))).toBe(false)
  expect(recheckMs(refusedWith(status))).toBe(5000)
})

test.each([400, 401, 403, 404, 409])('a refusal with %i stands', (status) => {
  expect(retriesLater(0, refusedWith(status))).toBe(false)
  expect(recheckMs(refusedWith(status))).toBe(false)
})

test('a query that works is left alone, and so is a fault of our own', () => {
  expect(recheckMs(null)).toBe(false)
  expect(recheckMs(new TypeError('ours'))).toBe(false)
})
