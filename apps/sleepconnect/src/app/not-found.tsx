import { navigation } from '@sax/topology'
import { NoSuchPage } from '../features/shell/no-such-page.tsx'
import { SignedInShell } from '../features/shell/signed-in-shell.tsx'
import { PlainPage } from '../features/sign-in/plain-page.tsx'
import { currentPerson } from '../server/current-person.ts'
import { paths } from '../server/routing/places.ts'

/** Unknown addresses. Only hashed files that are gone get here without a session. */
export default async function NotFound() {
  const person = await currentPerson()
  if (person === undefined) {
    return (
      <PlainPage title="There is no such page">
        <p>The address may have changed.</p>
      </PlainPage>
    )
  }
  return (
    <SignedInShell navigation={navigation} person={person} signOutHref={paths.signOut}>
      <NoSuchPage homeHref={paths.home} />
    </SignedInShell>
  )
}
