import type { Practice } from '@sax/api-contract'
import type { UserContext } from '@sax/user-context'
import { expect, test } from 'vitest'
import { inPractice, withPracticeName } from './practice-switch.ts'

const robin: UserContext = {
  saxId: 3500,
  tenantId: '00000000-0000-0000-0000-000000000001',
  practiceId: '00000000-0000-0000-0000-000000000021',
  practiceName: 'St. Brendan',
  email: 'robin@northshore.example.test',
  name: 'Robin Achterberg',
  roles: ['coordinator', 'manager'],
}

const practiceOf = (id: string, tenantId: string, name: string, roles: Practice['roles']): Practice => ({
  id,
  tenantId,
  tenantName: 'A tenant',
  name,
  phone: '+16175550100',
  timeZone: 'America/New_York',
  roles,
})

const mesa = practiceOf('00000000-0000-0000-0000-000000000031', '00000000-0000-0000-0000-000000000002', 'Mesa', [
  'coordinator',
])
const left = practiceOf('00000000-0000-0000-0000-000000000022', '00000000-0000-0000-0000-000000000001', 'Lakeview', [])

test('switching brings the tenant and the roles of the other practice, and none of the old ones', () => {
  expect(inPractice(robin, mesa.id, [left, mesa])).toEqual({
    ...robin,
    tenantId: '00000000-0000-0000-0000-000000000002',
    practiceId: '00000000-0000-0000-0000-000000000031',
    practiceName: 'Mesa',
    roles: ['coordinator'],
  })
})

test.each<[why: string, id: string]>([
  ['a practice that is not theirs', '00000000-0000-0000-0000-000000000030'],
  ['a practice where they hold no role any more', left.id],
])('%s is refused', (_why, id) => {
  expect(inPractice(robin, id, [left, mesa])).toBeUndefined()
})

test('the name of the practice is taken over when it is known, and the rest stays', () => {
  expect(withPracticeName(robin, [mesa])).toBe(robin)
  expect(withPracticeName({ ...robin, practiceId: mesa.id }, [mesa]).practiceName).toBe('Mesa')
})
