import { navigation } from '@sax/topology'
import { NothingHere } from '../features/shell/nothing-here.tsx'
import { SignedIn } from '../features/shell/signed-in.tsx'
import { ZoneShell } from '../features/shell/zone-shell.tsx'
import { env } from '../server/env.ts'
import { knownUserContext } from '../server/user-context.ts'

/** Every address that is no page, missing files included: those are asked for without a token and still answer 404. */
export default async function NotFound() {
  const viewer = await knownUserContext()
  if (viewer === undefined) {
    return (
      <main id="main">
        <NothingHere />
      </main>
    )
  }
  return (
    <SignedIn viewer={viewer} hostUrl={env().SLEEPCONNECT_URL}>
      <ZoneShell navigation={navigation}>
        <NothingHere />
      </ZoneShell>
    </SignedIn>
  )
}
