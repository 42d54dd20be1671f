import { type ApiClient, createApiClient } from '@sax/api-contract/client'
import { outreach } from '@sax/topology'
import { useSession } from '@sax/ui/session'
import { PAGE_CONTEXT_NAME, pageContext } from '@sax/user-context'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { renewingClient } from './renewing-client.ts'
import { useViewer } from './viewer.tsx'

const ApiContext = createContext<ApiClient | undefined>(undefined)

/** Gives the pages below the Outreach API under whichever name they were opened: the path is the same on both. */
export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const { renew, expire, fetch } = useSession()
  const madeFor = pageContext(useViewer())
  const api = useMemo(
    () =>
      renewingClient({
        session: { renew, expire },
        clientWith: (renewOnce) =>
          createApiClient({
            baseUrl: outreach.apiPath,
            fetch,
            headers: () => ({ [PAGE_CONTEXT_NAME]: madeFor }),
            renew: renewOnce,
          }),
      }),
    [renew, expire, fetch, madeFor],
  )
  return <ApiContext value={api}>{children}</ApiContext>
}

/** @throws Error outside ApiProvider. */
export function useApi(): ApiClient {
  const api = use(ApiContext)
  if (api === undefined) throw new Error('useApi needs ApiProvider above it')
  return api
}
