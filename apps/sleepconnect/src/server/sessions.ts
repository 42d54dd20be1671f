import type { Auth0Client } from '@auth0/nextjs-auth0/server'
import type { NextRequest } from 'next/server'
import { type HostSession, hostSession } from './host-session.ts'
import { type HostSecrets, madeOf, type SessionSecrets } from './secrets.ts'

export interface Sessions {
  /** The sign-in SDK under the secrets of now. */
  readonly sdk: () => Promise<Auth0Client>
  /** The session of a request; without one, of the request that is being answered. */
  readonly of: (request?: NextRequest) => Promise<HostSession>
}

export interface SessionsOptions {
  readonly secrets: Pick<HostSecrets, 'auth0' | 'session'>
  readonly createSdk: (secrets: { readonly clientSecret: string; readonly sessionSecret: string }) => Auth0Client
  /** Whether a request brings a session cookie at all, readable or not. */
  readonly brings: (request?: NextRequest) => Promise<boolean>
}

/**
 * Sessions over a rotation of their secret. One from before the last change is read, and renewed, under the secret it was
 * written with, until it ends by itself. One that no known secret opens may be of a secret that somebody else has read
 * already: then it is read anew, once, before the person counts as signed out.
 */
export function createSessions({ secrets, createSdk, brings }: SessionsOptions): Sessions {
  const sdksOf = madeOf(({ clientSecret }: { readonly clientSecret: string }, { current, previous }: SessionSecrets) =>
    [current, previous]
      .filter((secret) => secret !== undefined)
      .map((sessionSecret) => createSdk({ clientSecret, sessionSecret })),
  )
  const under = async (sdks: readonly Auth0Client[], request: NextRequest | undefined): Promise<HostSession> => {
    for (const sdk of sdks) {
      const session = hostSession(await (request === undefined ? sdk.getSession() : sdk.getSession(request)), sdk)
      if (session.kind !== 'none') return session
    }
    return { kind: 'none' }
  }
  const known = async () => sdksOf(await secrets.auth0.get(), await secrets.session.get())
  return {
    sdk: async () => {
      const [sdk] = await known()
      if (sdk === undefined) throw new Error('there is always a current secret')
      return sdk
    },
    of: async (request) => {
      // Without a cookie no secret is needed, and none is waited for.
      if (!(await brings(request))) return { kind: 'none' }
      const before = await known()
      const session = await under(before, request)
      if (session.kind !== 'none') return session
      const after = sdksOf(await secrets.auth0.get(), await secrets.session.refresh())
      return after === before ? session : under(after, request)
    },
  }
}
