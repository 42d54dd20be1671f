'use client'

import { type ApiClient, createApiClient } from '@sax/api-contract/client'
import { hostPath, loginPath, outreach, userContextPath } from '@sax/topology'
import { SessionProvider, useSession } from '@sax/ui/session'
import { Toaster } from '@sax/ui/toaster'
import { PAGE_CONTEXT_NAME, pageContext, type UserContext } from '@sax/user-context'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { recheckMs, retriesLater } from './retry-policy.ts'

const ApiContext = createContext<ApiClient | undefined>(undefined)

export interface OutreachDataProps {
  /** Whom the page was made for. */
  readonly person: Pick<UserContext, 'saxId' | 'practiceId' | 'name' | 'practiceName'>
  readonly children: ReactNode
}

/** Makes the Outreach API and its cache available to the pages below, for one person in one practice. */
export function OutreachData({ person, children }: OutreachDataProps) {
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
      <SessionProvider
        renewUrl={userContextPath}
        owner={{ ...person, practiceName: person.practiceName ?? 'another practice' }}
        loginUrl={loginPath}
        signedInSignalPath={hostPath('session-renewed')}
      >
        <ApiProvider madeFor={pageContext(person)}>{children}</ApiProvider>
      </SessionProvider>
      <Toaster />
    </QueryClientProvider>
  )
}

function ApiProvider({ madeFor, children }: { readonly madeFor: string; readonly children: ReactNode }) {
  const { renew, fetch } = useSession()
  const api = useMemo(
    () =>
      createApiClient({
        baseUrl: outreach.apiPath,
        fetch,
        headers: () => ({ [PAGE_CONTEXT_NAME]: madeFor }),
        renew,
      }),
    [renew, fetch, madeFor],
  )
  return <ApiContext value={api}>{children}</ApiContext>
}

/** The Outreach API as the signed-in person sees it. */
export function useOutreachApi(): ApiClient {
  const api = useContext(ApiContext)
  if (api === undefined) throw new Error('useOutreachApi is used outside OutreachData')
  return api
}
