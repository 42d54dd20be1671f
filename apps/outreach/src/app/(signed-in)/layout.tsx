import { navigation, outreachPath } from '@sax/topology'
import type { ReactNode } from 'react'
import { SignedIn } from '../../features/shell/signed-in.tsx'
import { ZoneShell } from '../../features/shell/zone-shell.tsx'
import { env } from '../../server/env.ts'
import { requireUserContext } from '../../server/user-context.ts'

export default async function SignedInLayout({ children }: { readonly children: ReactNode }) {
  const viewer = await requireUserContext(outreachPath())
  return (
    <SignedIn viewer={viewer} hostUrl={env().SLEEPCONNECT_URL}>
      <ZoneShell navigation={navigation}>{children}</ZoneShell>
    </SignedIn>
  )
}
