'use client'

import { type ApiClient, createApiClient } from '@sax/api-contract/client'
import { outreach } from '@sax/topology'
import { useSession } from '@sax/ui/session'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { renewingClient } from './renewing-client.ts'

const ApiContext = createContext<ApiClient | undefined>(undefined)

/** Gives the pages below the Outreach API under whichever name they were opened: the path is the same on both. */
export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const { renew, expire } = useSession()
  const api = useMemo(
    () =>
      renewingClient({
        session: { renew, expire },
        clientWith: (renewOnce) =>
          createApiClient({ baseUrl: outreach.apiPath, fetch: (input, init) => fetch(input, init), renew: renewOnce }),
      }),
    [renew, expire],
  )
  return <ApiContext value={api}>{children}</ApiContext>
}

/** @throws Error outside ApiProvider. */
export function useApi(): ApiClient {
  const api = use(ApiContext)
  if (api === undefined) throw new Error('useApi needs ApiProvider above it')
  return api
}
