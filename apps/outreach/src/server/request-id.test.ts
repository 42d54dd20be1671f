import { expect, test } from 'vitest'
import { requestIdOf } from './request-id.ts'

test("the edge's id is kept", () => {
  expect(requestIdOf(new Headers({ 'x-request-id': 'abcd-1234' }))).toBe('abcd-1234')
})

test.each([['short'], ['a'.repeat(65)], ['has space in it'], ['quote"quote"']])('%s is replaced', (id) => {
  expect(requestIdOf(new Headers({ 'x-request-id': id }))).toMatch(/^[0-9a-f-]{36}$/)
})
