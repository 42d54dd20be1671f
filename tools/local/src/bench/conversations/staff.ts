import { createHash } from 'node:crypto'
import type { UserContext } from '@sax/user-context'
import { createMinter } from '@sax/user-context/mint'
import { COORDINATORS_PER_PRACTICE, FIRST_ADMINISTRATOR, FIRST_COORDINATOR, PRACTICES_PER_TENANT } from './data-set.ts'

/** Somebody who works with the data set, and what their requests carry. */
export interface Person {
  readonly context: UserContext
  /** What the zone's API routes send. */
  readonly headers: Readonly<Record<string, string>>
}

/** A token has to last for the whole measurement. */
const TOKEN_SEC = 3_600

/** The id that the data set gives to the n-th of a kind, counted from 1. */
export function idOf(kind: 'tenant' | 'practice' | 'conversation', n: number): string {
  const hex = createHash('md5').update(`${kind}${n}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** The k-th coordinator (from 0) of a practice (from 0) of a tenant (from 1). */
export function coordinator(secret: string, tenant: number, practice: number, k: number): Promise<Person> {
  const n = (tenant - 1) * PRACTICES_PER_TENANT + practice
  return person(secret, {
    saxId: FIRST_COORDINATOR + n * COORDINATORS_PER_PRACTICE + k,
    tenantId: idOf('tenant', tenant),
    practiceId: idOf('practice', n + 1),
    role: 'coordinator',
  })
}

export function administrator(secret: string, tenant: number): Promise<Person> {
  return person(secret, {
    saxId: FIRST_ADMINISTRATOR + tenant - 1,
    tenantId: idOf('tenant', tenant),
    practiceId: idOf('practice', (tenant - 1) * PRACTICES_PER_TENANT + 1),
    role: 'administrator',
  })
}

async function person(
  secret: string,
  who: Pick<UserContext, 'saxId' | 'tenantId' | 'practiceId'> & { readonly role: 'coordinator' | 'administrator' },
): Promise<Person> {
  const { saxId, tenantId, practiceId, role } = who
  const mint = createMinter({ secret, nowSec: () => Date.now() / 1000 })
  const context = {
    ...{ saxId, tenantId, practiceId, roles: [role] },
    ...{ email: `p${saxId}@example.test`, name: `Person ${saxId}`, practiceName: 'Practice' },
  }
  const { token } = await mint(context, TOKEN_SEC)
  return {
    context,
    headers: {
      authorization: `Bearer ${token}`,
      'x-tenant-id': tenantId,
      'x-practice-id': practiceId,
      'x-coordinator-sax-id': String(saxId),
      'x-user-sax-id': String(saxId),
      'x-sax-id': String(saxId),
    },
  }
}
