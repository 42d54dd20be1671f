import { type ApiClient, ApiError } from '@sax/api-contract/client'
import type { Session } from '@sax/ui/session'

export interface RenewingClientOptions {
  readonly session: Pick<Session, 'renew' | 'expire'>
  /** A client that asks `renew` after a 401. */
  readonly clientWith: (renew: () => Promise<boolean>) => ApiClient
}

/**
 * A client that outlives its session. A 401 renews the user context silently; a call that is refused even then waits
 * until the person has signed in again, and is repeated. Nobody is sent away from the page.
 */
export function renewingClient({ session, clientWith }: RenewingClientOptions): ApiClient {
  return {
    async call(name, input) {
      let renewed = false
      const client = clientWith(async () => {
        renewed = await session.renew()
        return renewed
      })
      try {
        return await client.call(name, input)
      } catch (error) {
        // Not renewed: the person already chose not to sign in, or the host is away. Asking again would nag.
        if (!renewed || !(error instanceof ApiError) || error.status !== 401) throw error
        if (!(await session.expire())) throw error
        return await client.call(name, input)
      }
    },
  }
}
