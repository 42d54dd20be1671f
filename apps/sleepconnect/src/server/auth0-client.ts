import { Auth0Client } from '@auth0/nextjs-auth0/server'
import { NextResponse } from 'next/server'
import { readIdTokenClaims, storedUser } from './claims.ts'
import type { Env } from './env.ts'
import { paths } from './routing/places.ts'

/** A session ends after this long without use, in seconds. */
const INACTIVITY_SEC = 2 * 3600
/** A session ends after this long in any case, in seconds: one working day. */
const ABSOLUTE_SEC = 12 * 3600

/** Set by the callback, so that sign-in knows a browser that keeps no cookies from a person who has yet to sign in. */
export const AFTER_CALLBACK = 'after'

interface Auth0ClientSecrets {
  readonly clientSecret: string
  /** Encrypts the session cookie. */
  readonly sessionSecret: string
  /** Called when a sign-in came to nothing at the identity provider, which may know another client secret by now. */
  readonly refused: () => Promise<unknown>
}

/** The sign-in SDK, set up for this site. Works with Auth0 and with any OpenID provider that puts our claims into the ID token. */
export function createAuth0Client(env: Env, { clientSecret, sessionSecret, refused }: Auth0ClientSecrets): Auth0Client {
  return new Auth0Client({
    domain: env.AUTH0_DOMAIN,
    clientId: env.AUTH0_CLIENT_ID,
    clientSecret,
    secret: sessionSecret,
    appBaseUrl: env.APP_BASE_URL,
    allowInsecureRequests: env.AUTH0_DOMAIN.startsWith('http://'),
    authorizationParameters: { scope: 'openid profile email' },
    enableAccessTokenEndpoint: false,
    enableTelemetry: false,
    routes: { callback: paths.callback, logout: paths.signOut },
    session: { rolling: true, inactivityDuration: INACTIVITY_SEC, absoluteDuration: ABSOLUTE_SEC },
    // The user context is all that anyone here needs: tokens and profile stay out of the cookie.
    async beforeSessionSaved(session) {
      const parsed = readIdTokenClaims(session.user, env.CLAIMS_NAMESPACE)
      return {
        ...session,
        user: storedUser(session.user.sub, parsed),
        tokenSet: { accessToken: '', expiresAt: session.tokenSet.expiresAt },
      }
    },
    async onCallback(error, { returnTo }) {
      if (error) {
        if (error.code === 'authorization_code_grant_error') await refused()
        return NextResponse.redirect(`${env.APP_BASE_URL}${paths.signInProblem}?reason=${reasonOf(error)}`)
      }
      // Sign-in ends where it began: that route sets the user context and sends the person on.
      const back = new URLSearchParams({ returnTo: returnTo ?? paths.home, [AFTER_CALLBACK]: 'callback' })
      return NextResponse.redirect(`${env.APP_BASE_URL}${paths.login}?${back}`)
    },
  })
}

/** The SDK's error as a closed reason; its text may quote what the identity provider said and stays here. */
function reasonOf(error: { readonly code: string }): string {
  if (error.code === 'invalid_state' || error.code === 'missing_state') return 'sign_in_interrupted'
  return error.code === 'authorization_error' ? 'sign_in_refused' : 'identity_provider_unavailable'
}
