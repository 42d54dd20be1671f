export type SampleRole = 'coordinator' | 'manager' | 'administrator'

/** Roles in one practice, or in every practice of the tenant when `practiceId` is null. */
export interface Membership {
  readonly tenantId: string
  readonly practiceId: string | null
  readonly roles: readonly SampleRole[]
}

export interface SamplePerson {
  /** Stable subject at the identity provider. */
  readonly sub: string
  readonly saxId: number
  readonly name: string
  readonly email: string
  /** Home tenant and practice: where the person works after signing in, until another practice is chosen. */
  readonly tenantId: string
  readonly practiceId: string
  /** Roles in the home practice. */
  readonly roles: readonly SampleRole[]
  readonly memberships: readonly [Membership, ...Membership[]]
}

const north = '00000000-0000-0000-0000-000000000001'
const west = '00000000-0000-0000-0000-000000000002'
const harbor = '00000000-0000-0000-0000-000000000020'
const brendan = '00000000-0000-0000-0000-000000000021'
const lakeview = '00000000-0000-0000-0000-000000000022'
const puget = '00000000-0000-0000-0000-000000000030'
const mesa = '00000000-0000-0000-0000-000000000031'

/** Twelve people; the first is the coordinator of the deployment checklist (`sax_id` 1386). */
export const people: readonly SamplePerson[] = [
  oneRole(1386, 'Dana Whitfield', 'coordinator', north, harbor),
  oneRole(1387, "Siobhán O'Connor", 'coordinator', north, harbor),
  oneRole(1388, 'Marcus Bell', 'manager', north, harbor),
  oneRole(1389, 'Priya Raman', 'coordinator', north, brendan),
  oneRole(1390, 'Tom Castellano', 'manager', north, brendan),
  oneRole(1391, 'Aiko Tanaka', 'coordinator', north, lakeview),
  wholeTenant(1392, 'Ruth Abramson', north, harbor),
  oneRole(2401, 'Luis Ortega', 'coordinator', west, puget),
  oneRole(2402, 'Hannah Lindqvist', 'manager', west, puget),
  oneRole(2403, 'Noor Haddad', 'coordinator', west, mesa),
  wholeTenant(2404, 'Greg Sandoval', west, puget),
  {
    ...oneRole(3500, 'Robin Achterberg', 'coordinator', north, brendan),
    memberships: [
      { tenantId: north, practiceId: brendan, roles: ['coordinator'] },
      { tenantId: north, practiceId: lakeview, roles: ['coordinator', 'manager'] },
      { tenantId: west, practiceId: mesa, roles: ['coordinator'] },
    ],
  },
]

function oneRole(saxId: number, name: string, role: SampleRole, tenantId: string, practiceId: string): SamplePerson {
  return person(saxId, name, role, tenantId, practiceId, practiceId)
}

function wholeTenant(saxId: number, name: string, tenantId: string, practiceId: string): SamplePerson {
  return person(saxId, name, 'administrator', tenantId, practiceId, null)
}

function person(
  saxId: number,
  name: string,
  role: SampleRole,
  tenantId: string,
  practiceId: string,
  scope: string | null,
): SamplePerson {
  const login = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .replaceAll(' ', '.')
  return {
    sub: `sample|${saxId}`,
    saxId,
    name,
    email: `${login}@${tenantId === north ? 'northshore' : 'pacificrest'}.example.test`,
    tenantId,
    practiceId,
    roles: [role],
    memberships: [{ tenantId, practiceId: scope, roles: [role] }],
  }
}
