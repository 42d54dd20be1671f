import { navigation } from '@sax/topology'
import type { ReactNode } from 'react'
import { SignedInShell } from '../../features/shell/signed-in-shell.tsx'
import { requirePerson } from '../../server/current-person.ts'
import { paths } from '../../server/routing/places.ts'

export default async function ShellLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SignedInShell navigation={navigation} person={await requirePerson(paths.home)} signOutHref={paths.signOut}>
      {children}
    </SignedInShell>
  )
}
