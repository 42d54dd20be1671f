import { expect, test } from 'vitest'
import { tenantSettings } from './tenant-settings.ts'
import { verificationTenants } from './verification-people.ts'

const HARBOR = '00000000-0000-0000-0000-0000000000b1'
const harbor = { id: HARBOR, name: 'Harbor', phone: '+16175550100', timeZone: 'America/New_York' }
const good = {
  tenant: { id: '00000000-0000-0000-0000-0000000000a1', name: 'Northshore' },
  practices: [harbor],
  people: [{ saxId: 7, name: 'José', email: 'jose@example.com', roles: [{ role: 'coordinator', practice: HARBOR }] }],
}

test('what is left out has its default', () => {
  expect(tenantSettings.parse(good).practices[0]).toMatchObject({
    ...{ responseTargetMin: 10, responseWarningMin: 7, senders: [], openingHours: [], holidays: [] },
    quietHours: { from: '21:00', until: '08:00' },
  })
})

test.each<[what: string, changed: object, path: string, message: RegExp]>([
  ['no practice', { practices: [] }, 'practices', /./],
  ['a practice twice', { practices: [harbor, harbor] }, 'practices.1.id', /stands there twice/],
  ['a number without its country', { practices: [{ ...harbor, phone: '6175550100' }] }, 'practices.0.phone', /E\.164/],
  ['a time zone that is none', { practices: [{ ...harbor, timeZone: 'EST5' }] }, 'practices.0.timeZone', /time zone/],
  [
    'a warning after the promise',
    { practices: [{ ...harbor, responseTargetMin: 5 }] },
    'practices.0.responseWarningMin',
    /warns later/,
  ],
  [
    'hours that end before they begin',
    { practices: [{ ...harbor, openingHours: [{ weekdays: [1], opens: '17:00', closes: '08:00' }] }] },
    'practices.0.openingHours.0',
    /closes before it opens/,
  ],
  [
    'hours of one day that overlap',
    {
      practices: [
        {
          ...harbor,
          openingHours: [
            { weekdays: [1, 2], opens: '08:00', closes: '12:00' },
            { weekdays: [2], opens: '11:00', closes: '17:00' },
          ],
        },
      ],
    },
    'practices.0.openingHours',
    /overlap/,
  ],
  [
    'a day that is not in the calendar',
    { practices: [{ ...harbor, holidays: ['2026-02-30'] }] },
    'practices.0.holidays.0',
    /./,
  ],
  [
    'one number of two practices',
    {
      practices: [
        { ...harbor, senders: [{ phone: '+16175550100' }] },
        { ...harbor, id: '00000000-0000-0000-0000-0000000000b2', senders: [{ phone: '+16175550100' }] },
      ],
    },
    'practices.1.senders.0.phone',
    /twice/,
  ],
  [
    'a role in a practice that is not there',
    { people: [{ ...good.people[0], roles: [{ role: 'manager', practice: good.tenant.id }] }] },
    'people.0.roles.0.practice',
    /none of the practices/,
  ],
  [
    'a role that nobody has',
    { people: [{ ...good.people[0], roles: [{ role: 'owner' }] }] },
    'people.0.roles.0.role',
    /./,
  ],
  ['a person twice', { people: [good.people[0], good.people[0]] }, 'people.1.saxId', /twice/],
  ['a word that means nothing', { practises: [] }, '', /practises/],
  [
    'the tenant that releases verify with',
    { tenant: { id: verificationTenants[0]?.id, name: 'Mine' } },
    'tenant.id',
    /verification/,
  ],
])('%s is refused where it stands', (_, changed, path, message) => {
  const { error } = tenantSettings.safeParse({ ...good, ...changed })
  const found = error?.issues.find((issue) => issue.path.join('.') === path)
  expect(found?.message).toMatch(message)
})
