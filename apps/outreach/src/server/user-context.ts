import 'server-only'
import { presentedTokens, type UserContext } from '@sax/user-context'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { env } from './env.ts'
import { verifier } from './verifier.ts'

/**
 * Who asks for this page. Every page calls it before anything else, whether or not the proxy ran: without a verified
 * token no HTML is made and the answer sends the person to `path` under the host's name, which knows how to sign in.
 */
export async function requireUserContext(path: string): Promise<UserContext> {
  const verification = await verified()
  if (verification.kind === 'refused') redirect(`${env().SLEEPCONNECT_URL}${path}`)
  return verification.verified.context
}

/** Who asks, undefined without a verified token. For what anybody may see; everything else requires a context. */
export async function knownUserContext(): Promise<UserContext | undefined> {
  const verification = await verified()
  return verification.kind === 'ok' ? verification.verified.context : undefined
}

/** Verified once per request, however many parts of the page ask. */
const verified = cache(async () => verifier()(presentedTokens(await headers())))
