import { Button } from '@sax/ui/button'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PlainPage } from '../../features/sign-in/plain-page.tsx'
import { currentPerson } from '../../server/current-person.ts'
import { paths } from '../../server/routing/places.ts'

export const metadata: Metadata = { title: 'Signed out' }

/** Shown when the identity provider did not answer at sign-out: this site has forgotten the person, it may not have. */
export default async function SignedOut() {
  // An old address, opened by somebody who is signed in: it would not be true.
  if (await currentPerson()) redirect(paths.home)
  return (
    <PlainPage
      title="You are signed out of SleepConnect"
      actions={
        <Button asChild variant="primary">
          <a href={paths.login}>Sign in</a>
        </Button>
      }
    >
      <p>
        The sign-in service did not answer, so it may still remember you. On a shared computer, close every window of
        this browser.
      </p>
    </PlainPage>
  )
}
