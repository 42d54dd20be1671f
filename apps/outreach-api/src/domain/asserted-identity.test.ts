import { expect, test } from 'vitest'
import { agreesWith, namesTenant } from './asserted-identity.ts'

const tenant = 'abcdef00-0000-0000-0000-000000000001'
const practice = '00000000-0000-0000-0000-000000000020'
const context = { saxId: 1386, tenantId: tenant, practiceId: practice, email: 'x@example.test', name: 'X', roles: [] }

test.each([
  [undefined, false],
  ['', false],
  ['1', false],
  ['undefined', false],
  ["' or 1=1", false],
  [tenant, true],
  [tenant.toUpperCase(), true],
])('R2: x-tenant-id %j names a tenant: %s', (value, expected) => {
  expect(namesTenant(new Headers(value === undefined ? {} : { 'x-tenant-id': value }))).toBe(expected)
})

test.each([
  [{}, true],
  [{ 'x-tenant-id': tenant.toUpperCase(), 'x-practice-id': practice, 'x-sax-id': '1386' }, true],
  [{ 'x-tenant-id': '00000000-0000-0000-0000-000000000002' }, false],
  [{ 'x-practice-id': '00000000-0000-0000-0000-000000000021' }, false],
  [{ 'x-practice-id': '' }, false],
  [{ 'x-sax-id': '1387' }, false],
  [{ 'x-user-sax-id': '1387' }, false],
  [{ 'x-coordinator-sax-id': '1387' }, false],
  [{ 'x-sax-id': '01386' }, false],
  [{ 'x-sax-id': 'Infinity' }, false],
])('R9: headers %j agree with the token: %s', (headers, expected) => {
  expect(agreesWith(new Headers(headers), context)).toBe(expected)
})
