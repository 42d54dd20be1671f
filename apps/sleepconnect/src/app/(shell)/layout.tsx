import { navigationOf } from '@sax/topology'
import type { ReactNode } from 'react'
import { SignedInShell } from '../../features/shell/signed-in-shell.tsx'
import { requirePerson } from '../../server/current-person.ts'
import { paths } from '../../server/routing/places.ts'
import { theSite } from '../../server/site.ts'

export default async function ShellLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SignedInShell
      navigation={navigationOf(theSite().env.STAGE)}
      person={await requirePerson(paths.home)}
      signOutHref={paths.signOut}
    >
      {children}
    </SignedInShell>
  )
}
