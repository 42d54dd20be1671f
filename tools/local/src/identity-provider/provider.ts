import Provider, { type Configuration, interactionPolicy } from 'oidc-provider'
import { claimsOf, ownClaimNames } from './claims.ts'
import type { DirectoryPerson } from './directory.ts'
import { MemoryStore } from './memory-adapter.ts'
import { messagePage, signOutPage } from './pages.ts'
import type { SigningKeys } from './signing-keys.ts'

const SCOPES = 'openid profile email offline_access'
const TWO_WEEKS_SEC = 14 * 24 * 3600
const TEN_HOURS_SEC = 10 * 3600

export interface ProviderOptions {
  /** With a trailing slash, as Auth0's is. */
  readonly issuer: string
  readonly keys: SigningKeys
  readonly clientId: string
  readonly clientSecret: string
  /** Base URL of the one client, without a trailing slash. */
  readonly appBaseUrl: string
  /** Where that client takes the answer, and where it may be returned to after signing out. */
  readonly callbackPath: string
  readonly afterSignOutPaths: readonly string[]
  readonly claimsNamespace: string
  /** Everybody who can sign in. */
  readonly people: readonly DirectoryPerson[]
  readonly nowMs: () => number
}

/** An OpenID provider for made-up people. Who signs in is asked at `/pick/{uid}`. */
export function createProvider(options: ProviderOptions): Provider {
  const { issuer, keys, claimsNamespace: namespace, appBaseUrl, people } = options
  const store = new MemoryStore(options.nowMs)
  const configuration: Configuration = {
    adapter: (model: string) => store.adapter(model),
    clients: [
      {
        client_id: options.clientId,
        client_secret: options.clientSecret,
        redirect_uris: [`${appBaseUrl}${options.callbackPath}`],
        post_logout_redirect_uris: [appBaseUrl, ...options.afterSignOutPaths.map((path) => `${appBaseUrl}${path}`)],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [keys.jwk] },
    // Cookies of all ports of localhost are one jar: names of our own keep clear of the applications'.
    cookies: {
      keys: [keys.cookieKey],
      names: { session: 'idp_session', interaction: 'idp_pick', resume: 'idp_resume' },
    },
    findAccount: (_context, sub) => {
      const person = people.find((one) => one.sub === sub)
      return person && { accountId: sub, claims: async () => claimsOf(person, namespace) }
    },
    claims: {
      openid: ['sub', ...ownClaimNames(namespace)],
      profile: ['name', 'nickname'],
      email: ['email', 'email_verified'],
    },
    // Auth0 puts profile and custom claims into the ID token.
    conformIdTokenClaims: false,
    scopes: SCOPES.split(' '),
    pkce: { required: () => true },
    ttl: {
      ...{ AccessToken: TEN_HOURS_SEC, IdToken: TEN_HOURS_SEC, Interaction: 3600 },
      ...{ Session: TWO_WEEKS_SEC, Grant: TWO_WEEKS_SEC, RefreshToken: TWO_WEEKS_SEC },
    },
    interactions: { url: (_context, interaction) => `/pick/${interaction.uid}`, policy: policyWithLoginHint(people) },
    // The one client is our own: there is nothing to consent to.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider, result } = oidc
      if (!client || !session) return undefined
      const grantId = result?.consent?.grantId ?? session.grantIdFor(client.clientId)
      const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId)
      if (existing) return existing
      const grant = new provider.Grant({
        clientId: client.clientId,
        ...(session.accountId ? { accountId: session.accountId } : {}),
      })
      grant.addOIDCScope(SCOPES)
      grant.addOIDCClaims(ownClaimNames(namespace))
      await grant.save()
      return grant
    },
    renderError: (context) => {
      context.type = 'html'
      context.body = messagePage(
        'This sign-in cannot go on',
        'It may have taken too long. Start again from the site.',
        appBaseUrl,
      )
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = signOutPage(form)
        },
        postLogoutSuccessSource: (context) => {
          context.body = messagePage(
            'You are signed out',
            'You can close this page or go back to the site.',
            appBaseUrl,
          )
        },
      },
    },
  }
  return new Provider(issuer, configuration)
}

/** The provider asks again when the session is somebody else's than the login hint says. */
function policyWithLoginHint(people: readonly DirectoryPerson[]): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base()
  policy.get('login')?.checks.add(
    new interactionPolicy.Check('login_hint_mismatch', 'another person is asked for', ({ oidc }) => {
      const hinted = people.find((person) => person.email === oidc.params?.login_hint)
      return hinted !== undefined && oidc.session?.accountId !== undefined && oidc.session.accountId !== hinted.sub
    }),
  )
  return policy
}
