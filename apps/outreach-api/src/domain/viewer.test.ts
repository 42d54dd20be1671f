import { expect, test } from 'vitest'
import { viewerOf } from './viewer.ts'

const context = {
  saxId: 1386,
  tenantId: '00000000-0000-0000-0000-000000000001',
  practiceId: '00000000-0000-0000-0000-000000000020',
  email: 'dana@example.test',
  name: 'Dana',
}
const practice = { kind: 'practice', practiceId: '00000000-0000-0000-0000-000000000020' }

test.each([
  [['coordinator'], practice],
  [['manager'], practice],
  [['coordinator', 'manager'], practice],
  [['administrator'], { kind: 'tenant' }],
  [['coordinator', 'administrator'], { kind: 'tenant' }],
  [[], practice],
] as const)('S6: the reach of %j follows from the claims alone', (roles, scope) => {
  expect(viewerOf({ ...context, roles }).scope).toEqual(scope)
})
