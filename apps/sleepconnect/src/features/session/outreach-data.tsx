'use client'

import { type ApiClient, createApiClient } from '@sax/api-contract/client'
import { hostPath, loginPath, outreach, userContextPath } from '@sax/topology'
import { SessionProvider, useSession } from '@sax/ui/session'
import { Toaster } from '@sax/ui/toaster'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { recheckMs, retriesLater } from './retry-policy.ts'

const ApiContext = createContext<ApiClient | undefined>(undefined)

/** Makes the Outreach API and its cache available to the pages below, for one person in one practice. */
export function OutreachData({ children }: { readonly children: ReactNode }) {
  const [queryClient] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 30_000,
            retry: retriesLater,
            // A query that failed asks again by itself: the screen recovers when the service does.
            refetchInterval: (query) => recheckMs(query.state.error),
            refetchOnWindowFocus: true,
          },
        },
      }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <SessionProvider renewUrl={userContextPath} loginUrl={loginPath} signedInSignalPath={hostPath('session-renewed')}>
        <ApiProvider>{children}</ApiProvider>
      </SessionProvider>
      <Toaster />
    </QueryClientProvider>
  )
}

function ApiProvider({ children }: { readonly children: ReactNode }) {
  const { renew } = useSession()
  const api = useMemo(
    () => createApiClient({ baseUrl: outreach.apiPath, fetch: (input, init) => fetch(input, init), renew }),
    [renew],
  )
  return <ApiContext value={api}>{children}</ApiContext>
}

/** The Outreach API as the signed-in person sees it. */
export function useOutreachApi(): ApiClient {
  const api = useContext(ApiContext)
  if (api === undefined) throw new Error('useOutreachApi is used outside OutreachData')
  return api
}
