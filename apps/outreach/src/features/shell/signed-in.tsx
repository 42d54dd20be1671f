import { hostPath, loginPath, userContextPath } from '@sax/topology'
import { SessionProvider, useSession } from '@sax/ui/session'
import { Toaster } from '@sax/ui/toaster'
import type { UserContext } from '@sax/user-context'
import { QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { ApiProvider } from './api.tsx'
import { createQueryClient } from './query-client.ts'
import { SiteProvider } from './viewer.tsx'

export interface SignedInProps {
  readonly viewer: UserContext
  readonly hostUrl: string
  readonly children: ReactNode
}

/** What every signed-in page stands on: who is there, a session that renews itself, the API and its cache. */
export function SignedIn({ viewer, hostUrl, children }: SignedInProps) {
  const [queryClient] = useState(createQueryClient)
  return (
    <SiteProvider site={{ viewer, hostUrl }}>
      <SessionProvider
        renewUrl={userContextPath}
        owner={{ ...viewer, practiceName: viewer.practiceName ?? 'another practice' }}
        // With the host's name: on the zone's own name there is nowhere to sign in.
        loginUrl={(returnTo) => `${hostUrl}${loginPath(returnTo)}`}
        signedInSignalPath={hostPath('session-renewed')}
      >
        <ApiProvider>
          <QueryClientProvider client={queryClient}>
            <ReloadAfterSignIn />
            {children}
          </QueryClientProvider>
        </ApiProvider>
      </SessionProvider>
      <Toaster />
    </SiteProvider>
  )
}

/** What was refused while the session was over is asked again as soon as there is one. */
function ReloadAfterSignIn() {
  const { ended } = useSession()
  const queryClient = useQueryClient()
  const wasEnded = useRef(false)
  useEffect(() => {
    if (wasEnded.current && !ended) void queryClient.invalidateQueries()
    wasEnded.current = ended
  }, [ended, queryClient])
  return null
}
