import { errorBody } from '@sax/api-contract'
import { HOP_HEADER, REQUEST_ID_HEADER } from '@sax/topology'
import { presentedTokens } from '@sax/user-context'
import { NextRequest, NextResponse } from 'next/server'
import { isDevelopmentServer } from './env.ts'
import { type HostSession, rolledSession } from './host-session.ts'
import { type Decision, decide } from './routing/decide.ts'
import { type Place, paths, placeOf } from './routing/places.ts'
import { carriedHeaders, cleanHeaders, requestIdOf } from './routing/request-headers.ts'
import { securityHeaders } from './security-headers.ts'
import type { Site } from './site.ts'
import { noUserContextCookie } from './user-context-cookie.ts'

/** Answers a request, or hands it on to Next with the headers it may keep. */
export type HostProxy = (request: NextRequest) => Promise<NextResponse>

/** The host's proxy over its settings and clients. */
export function createHostProxy(site: Site): HostProxy {
  return async (request) => {
    const url = new URL(request.url)
    const place = placeOf(url.pathname)
    const { session, clientToken } = await whoAsks(site, request, place)
    const requestId = requestIdOf(request.headers, () => crypto.randomUUID())
    const decision = decide(place, {
      method: request.method,
      pathname: url.pathname,
      search: url.search,
      hops: request.headers.get(HOP_HEADER),
      contentLength: request.headers.get('content-length'),
      isRscRequest: request.headers.get('rsc') === '1',
      session: session.kind,
      holdsToken: clientToken !== undefined,
    })
    const response = await carryOut(decision, { site, request, url, session, clientToken, requestId })
    if (decision.kind !== 'carry') response.headers.set(REQUEST_ID_HEADER, requestId)
    return response
  }
}

interface Asked {
  readonly site: Site
  readonly request: NextRequest
  readonly url: URL
  readonly session: HostSession
  readonly clientToken: string | undefined
  readonly requestId: string
}

async function carryOut(decision: Decision, asked: Asked): Promise<NextResponse> {
  const { site, request, requestId } = asked
  switch (decision.kind) {
    case 'refuse': {
      const body = errorBody.parse({ code: decision.code, message: decision.message, requestId })
      return NextResponse.json(body, { status: decision.status, headers: NO_STORE })
    }
    case 'redirect':
      return NextResponse.redirect(site.env.APP_BASE_URL + decision.path, { status: 302, headers: NO_STORE })
    case 'static':
      return NextResponse.next({ request: { headers: cleanHeaders(request.headers, requestId) } })
    case 'sdk':
      return leaveToSdk(asked)
    case 'carry':
      return carry(decision, asked)
    case 'own':
      return rolled(ownAnswer(asked), asked)
  }
}

/** The session is read only where it matters: hashed files and health answers must not cost a decryption. */
async function whoAsks(
  { sessions, verify }: Site,
  request: NextRequest,
  place: Place,
): Promise<Pick<Asked, 'session' | 'clientToken'>> {
  const open =
    place.kind === 'static' || (place.kind === 'zone' && (place.area === 'assets' || place.area === 'health'))
  if (open) return { session: { kind: 'none' }, clientToken: undefined }
  const session = await sessions.of(request)
  if (place.kind !== 'zone' || session.kind === 'usable') return { session, clientToken: undefined }
  const verification = await verify(presentedTokens(request.headers))
  return { session, clientToken: verification.kind === 'ok' ? verification.verified.token : undefined }
}

async function carry(decision: Extract<Decision, { kind: 'carry' }>, asked: Asked): Promise<NextResponse> {
  const { site, request, url, session, clientToken, requestId } = asked
  const token = decision.token === 'client' ? clientToken : await mintedToken(site, session, decision.token)
  const headers = carriedHeaders(request.headers, requestId, decision.hops, token)
  // Path and query as they came: whoever normalises them here disagrees with somebody else about what they mean.
  const target = site.env.OUTREACH_APP_URL + url.pathname + url.search
  return rolled(NextResponse.rewrite(target, { request: { headers } }), asked)
}

async function mintedToken(site: Site, session: HostSession, from: 'session' | 'none'): Promise<string | undefined> {
  if (from === 'none' || session.kind !== 'usable') return undefined
  return (await site.mint(session.context, site.env.USER_CONTEXT_TTL_SEC)).token
}

function ownAnswer({ request, requestId }: Asked): NextResponse {
  const nonce = btoa(crypto.randomUUID())
  const headers = cleanHeaders(request.headers, requestId)
  const sent = securityHeaders(nonce, isDevelopmentServer)
  // Next takes the nonce for its own scripts from this request header.
  headers.set('content-security-policy', sent['content-security-policy'] ?? '')
  headers.set('x-nonce', nonce)
  return NextResponse.next({ request: { headers }, headers: sent })
}

/** Sign-out and the way back from the identity provider. The SDK has many more routes; none of them is open. */
async function leaveToSdk({ site, request, url }: Asked): Promise<NextResponse> {
  const signOut = url.pathname === paths.signOut
  // The SDK would send people wherever the query of a sign-out link says.
  const asked = signOut ? new NextRequest(new URL(paths.signOut, url), { headers: request.headers }) : request
  const response = await (await site.sessions.sdk()).middleware(asked)
  // The SDK answers a bare 500 when the identity provider is away; people get a page.
  const failed = response.status >= 500
  const answer = failed ? NextResponse.redirect(site.env.APP_BASE_URL + problemPath(signOut), 302) : response
  if (signOut) answer.cookies.set(noUserContextCookie(site.env.APP_BASE_URL))
  // After the jar's last use: it forgets what it did not set itself, and `Max-Age=0` of what it reads.
  if (failed) for (const cookie of response.headers.getSetCookie()) answer.headers.append('set-cookie', cookie)
  for (const [name, value] of Object.entries(NO_STORE)) answer.headers.set(name, value)
  return answer
}

function problemPath(signOut: boolean): string {
  return signOut ? paths.signedOut : `${paths.signInProblem}?reason=identity_provider_unavailable`
}

/** Keeps the session of somebody at work alive, wherever in the site they work. */
async function rolled(response: NextResponse, { site, request, session }: Asked): Promise<NextResponse> {
  if (session.kind !== 'usable' || request.headers.has('next-router-prefetch')) return response
  const data = rolledSession(session.data, site.nowSec())
  if (data) await session.sdk.updateSession(request, response, data)
  return response
}

const NO_STORE = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' } as const
