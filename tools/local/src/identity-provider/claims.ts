import type { DirectoryPerson } from './directory.ts'

const OWN_CLAIMS = ['sax_id', 'tenant_id', 'practice_id', 'practice_name', 'roles'] as const

/** Names of our own claims under a namespace. */
export function ownClaimNames(namespace: string): string[] {
  return OWN_CLAIMS.map((name) => `${namespace}${name}`)
}

/** What an ID token says of a person: OpenID's claims plain, ours under `namespace`. */
export function claimsOf(
  person: DirectoryPerson,
  namespace: string,
): { sub: string; [claim: string]: string | boolean | number | readonly string[] } {
  const own = {
    sax_id: person.saxId,
    tenant_id: person.tenantId,
    practice_id: person.practiceId,
    practice_name: person.practiceName,
    roles: person.roles,
  }
  return {
    sub: person.sub,
    name: person.name,
    nickname: person.email.split('@', 1)[0] ?? '',
    email: person.email,
    email_verified: true,
    ...Object.fromEntries(OWN_CLAIMS.map((name) => [`${namespace}${name}`, own[name]])),
  }
}
