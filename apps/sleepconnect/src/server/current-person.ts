import 'server-only'
import { loginPath } from '@sax/topology'
import type { UserContext } from '@sax/user-context'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { paths } from './routing/places.ts'
import { theSite } from './site.ts'

const readSession = cache(() => theSite().sessions.of())

/**
 * The person a page is rendered for. The proxy has decided already; a page that can be reached around it decides again.
 * @param returnTo path of the page that asks
 */
export async function requirePerson(returnTo: string): Promise<UserContext> {
  const session = await readSession()
  if (session.kind === 'none') redirect(loginPath(returnTo))
  if (session.kind === 'unusable') redirect(`${paths.signInProblem}?reason=unusable_account`)
  return session.context
}

/** The signed-in person, if there is one. */
export async function currentPerson(): Promise<UserContext | undefined> {
  const session = await readSession()
  return session.kind === 'usable' ? session.context : undefined
}
