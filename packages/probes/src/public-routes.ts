import { host, hostPath, outreach, outreachApiPath } from '@sax/topology'

/**
 * Declared routes that answer anyone, as `METHOD pattern`. Everything else must be refused without a session, so a new
 * public route has to be named here, where a reviewer sees it.
 */
export const publicRoutes: ReadonlySet<string> = new Set([
  `GET ${hostPath('login')}`,
  `GET ${hostPath('sign-in-problem')}`,
  `GET ${hostPath('signed-out')}`,
  `GET ${host.healthPath}`,
  `GET ${outreach.healthPath}`,
  `GET ${outreachApiPath('health')}`,
])

/** Routes of the sign-in SDK, which lie in no folder, with the answers a person without a session gets. */
export const sdkRoutes = {
  /** Open: 302 back to the site or to the identity provider. */
  open: [hostPath('auth', 'logout'), hostPath('auth', 'callback')],
  /** The SDK has them; the site does not use them. */
  closed: [
    hostPath('auth', 'login'),
    hostPath('auth', 'profile'),
    hostPath('auth', 'access-token'),
    hostPath('auth', 'backchannel-logout'),
  ],
} as const
