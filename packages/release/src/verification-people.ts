/** Somebody as whom a stage is verified. */
export interface VerificationPerson {
  readonly saxId: number
  readonly tenantId: string
  readonly practiceId: string
  readonly practiceName: string
  readonly name: string
  readonly email: string
  readonly roles: readonly ('coordinator' | 'manager' | 'administrator')[]
}

/**
 * Two tenants that exist in every stage to be looked at, and never hold a patient. Their numbers are reserved for fiction:
 * no carrier sends from them. @source North American Numbering Plan, 555-0100 to 555-0199
 */
export const verificationTenants = [
  {
    id: '0f0f0f0f-0000-4000-8000-00000000000a',
    name: 'Verification A',
    practice: {
      id: '0f0f0f0f-0000-4000-8000-0000000000a1',
      name: 'Verification practice A',
      phone: '+12025550100',
    },
  },
  {
    id: '0f0f0f0f-0000-4000-8000-00000000000b',
    name: 'Verification B',
    practice: {
      id: '0f0f0f0f-0000-4000-8000-0000000000b1',
      name: 'Verification practice B',
      phone: '+12025550101',
    },
  },
] as const

/** Name of a template that every practice of verification has: the checklist looks for it. */
export const VERIFICATION_TEMPLATE = 'Welcome Message'

const [a, b] = verificationTenants

/** Who asks: two coordinators of different tenants, and an administrator of the first. Addresses that cannot receive. */
export const verificationPeople: Readonly<Record<'first' | 'second' | 'administrator', VerificationPerson>> = {
  first: person(2_000_000_001, 'Verification Alpha', a, 'coordinator'),
  second: person(2_000_000_002, 'Verification Beta', b, 'coordinator'),
  administrator: person(2_000_000_003, 'Verification Admin', a, 'administrator'),
}

function person(
  saxId: number,
  name: string,
  tenant: (typeof verificationTenants)[number],
  role: VerificationPerson['roles'][number],
): VerificationPerson {
  return {
    saxId,
    tenantId: tenant.id,
    practiceId: tenant.practice.id,
    practiceName: tenant.practice.name,
    name,
    email: `${name.toLowerCase().replace(' ', '-')}@verification.invalid`,
    roles: [role],
  }
}
