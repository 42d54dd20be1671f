import type { Server } from 'node:http'
import {
  createIdentityServer,
  createProvider,
  type DirectoryPerson,
  keptSigningKeys,
  samplePeople,
} from '@sax/local/identity-provider'
import type { Logger } from '@sax/logging'
import { type VerificationPerson, verificationPeople, verificationTenants } from '@sax/release'
import { hostPath } from '@sax/topology'

export interface IdentityOptions {
  readonly domain: string
  readonly clientId: string
  readonly clientSecret: string
  /** The host's public address, without a slash at its end. */
  readonly appBaseUrl: string
  readonly dataDir: string
  readonly log: Logger
  readonly nowMs: () => number
}

/**
 * What stands for a stage's tenant at Auth0: a genuine OpenID provider under the tenant's name, for the sample people and
 * those of verification. It does not listen itself, and believes to speak HTTPS where its connections are TLS.
 */
export async function identityServer(options: IdentityOptions): Promise<Server> {
  const { domain, clientId, clientSecret, appBaseUrl, dataDir, log, nowMs } = options
  const people = [...samplePeople, ...Object.values(verificationPeople).map(asPerson)]
  const provider = createProvider({
    ...{
      issuer: `https://${domain}/`,
      keys: await keptSigningKeys(dataDir),
      clientId,
      clientSecret,
      appBaseUrl,
      nowMs,
    },
    callbackPath: hostPath('auth', 'callback'),
    afterSignOutPaths: [hostPath(''), hostPath('login'), hostPath('signed-out')],
    ...{ claimsNamespace: '', people },
  })
  return createIdentityServer({ provider, siteUrl: appBaseUrl, people, log })
}

function asPerson({
  saxId,
  tenantId,
  practiceId,
  practiceName,
  name,
  email,
  roles,
}: VerificationPerson): DirectoryPerson {
  return {
    ...{ sub: subjectOf({ saxId }), saxId, name, email, tenantId, practiceId, practiceName, roles },
    tenantName: verificationTenants.find(({ id }) => id === tenantId)?.name ?? '',
    memberships: [{ tenantId, practiceId: roles.includes('administrator') ? null : practiceId, roles }],
  }
}

/** As whom the identity provider knows a person of verification. */
export function subjectOf({ saxId }: Pick<VerificationPerson, 'saxId'>): string {
  return `verification|${saxId}`
}
