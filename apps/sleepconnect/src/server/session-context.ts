import { ApiError } from '@sax/api-contract/client'
import { errorFields } from '@sax/logging'
import type { UserContext } from '@sax/user-context'
import { NextRequest, type NextResponse } from 'next/server'
import { storedContext } from './claims.ts'
import type { HostSession } from './host-session.ts'
import { outreachApi } from './outreach-api.ts'
import { withPracticeName } from './practice-switch.ts'
import type { Site } from './site.ts'
import { type CookieAttributes, userContextCookie } from './user-context-cookie.ts'

type Usable = Extract<HostSession, { kind: 'usable' }>

/**
 * Stores `context` in the session's cookie on `response`. The SDK's shorter form, which takes the cookies from Next,
 * writes the cookie twice, the second time without HttpOnly and without an end.
 */
export async function storeContext(
  { request, response }: { readonly request: NextRequest; readonly response: NextResponse },
  session: Usable,
  context: UserContext,
): Promise<void> {
  const user = storedContext(session.data.user.sub, context)
  // Without its body: the SDK copies the request, and a body that was read cannot be copied.
  const cookies = new NextRequest(request.url, { headers: request.headers })
  await session.sdk.updateSession(cookies, response, { ...session.data, user })
}

export interface IssuedContext {
  readonly cookie: CookieAttributes
  readonly expiresAtSec: number
}

/** A fresh user-context cookie for `context`. */
export async function issueContext(site: Site, context: UserContext): Promise<IssuedContext> {
  const ttlSec = site.env.USER_CONTEXT_TTL_SEC
  const { token, expiresAtSec } = await site.mint(context, ttlSec)
  return { cookie: userContextCookie(token, ttlSec, site.env.APP_BASE_URL), expiresAtSec }
}

/**
 * The context with its practice's name, which identity providers rarely know. Signing in does not wait for a zone
 * that is down: then the name stays out and the next sign-in or practice switch brings it.
 */
export async function namedContext(site: Site, context: UserContext, requestId: string): Promise<UserContext> {
  if (context.practiceName !== undefined) return context
  try {
    const api = await outreachApi(site, context, requestId)
    return withPracticeName(context, (await api.call('listPractices', {})).data)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    site.logger.warn('practice name unknown', { requestId, ...errorFields(error), code: error.body.code })
    return context
  }
}
