import type { IncomingMessage } from 'node:http'
import { navigation } from '@sax/topology'
import { isUuid, presentedTokens, type UserContext } from '@sax/user-context'
import type { GetServerSidePropsContext, GetServerSidePropsResult } from 'next'
import type { PageProps } from '../features/shell/zone-page.tsx'
import { NONCE_HEADER } from './entry/security-headers.ts'
import { env } from './env.ts'
import { verifier } from './verifier.ts'

type Asked = Pick<GetServerSidePropsContext, 'req' | 'res' | 'params'>
type Answered = Promise<GetServerSidePropsResult<PageProps>>

/**
 * What a page is made of. Every page asks for it, whether or not the proxy ran: without a verified token no HTML is made,
 * and the answer sends the person to `path` under the host's name, which knows how to sign in. An id in the address that
 * cannot be one is answered 404, in the zone's frame.
 */
export function signedInProps(path: (id: string) => string): (asked: Asked) => Answered {
  return async ({ req, res, params = {} }) => {
    const viewer = await viewerOf(req)
    const { id } = params
    if (viewer === undefined) {
      const destination = `${env().SLEEPCONNECT_URL}${path(typeof id === 'string' ? id : '')}`
      return { redirect: { destination, permanent: false } }
    }
    const missing = id !== undefined && !isUuid(id)
    if (missing) res.statusCode = 404
    return { props: { ...madeFor(req, viewer), missing } }
  }
}

/** For every address that is no page: 404, in the zone's frame for whoever is signed in. */
export async function missingProps({ req, res }: Asked): Answered {
  res.statusCode = 404
  return { props: { ...madeFor(req, await viewerOf(req)), missing: true } }
}

function madeFor(req: IncomingMessage, viewer: UserContext | undefined): Omit<PageProps, 'missing'> {
  return {
    site: viewer === undefined ? null : { viewer, hostUrl: env().SLEEPCONNECT_URL, navigation },
    nonce: nonceOf(req),
  }
}

/** What the scripts of this answer must carry, as the proxy wrote it down. */
export function nonceOf(req: IncomingMessage | undefined): string {
  return headerOf(req, NONCE_HEADER) ?? ''
}

async function viewerOf(req: IncomingMessage): Promise<UserContext | undefined> {
  const verification = await verifier()(presentedTokens({ get: (name) => headerOf(req, name) ?? null }))
  return verification.kind === 'ok' ? verification.verified.context : undefined
}

function headerOf(req: IncomingMessage | undefined, name: string): string | undefined {
  const value = req?.headers[name.toLowerCase()]
  return Array.isArray(value) ? value.join(', ') : value
}
