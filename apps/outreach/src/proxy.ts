import { errorBody } from '@sax/api-contract'
import { isNavigationData, outreach, REQUEST_ID_HEADER } from '@sax/topology'
import { presentedTokens } from '@sax/user-context'
import { type NextRequest, NextResponse } from 'next/server'
import { type Decision, decide, isPublicPath } from './server/entry/decide.ts'
import { withoutForgeableHeaders } from './server/entry/forwarded-headers.ts'
import { healthAnswer } from './server/entry/health-answer.ts'
import { REDIRECT_COOKIE } from './server/entry/redirect-budget.ts'
import { refusedPage } from './server/entry/refused-page.ts'
import { answerHeaders, contentSecurityPolicy, NONCE_HEADER } from './server/entry/security-headers.ts'
import { env, isDevelopment } from './server/env.ts'
import { logger } from './server/logger.ts'
import { requestIdOf } from './server/request-id.ts'
import { verifier } from './server/verifier.ts'

/**
 * The zone's door. There is no matcher: every request passes here, and what is not named public needs a verified user
 * context. The pages verify again themselves, so a door left open shows nothing.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const development = isDevelopment()
  // Here, for pages are all that the router behind has.
  if (pathname === outreach.healthPath) return healthAnswer(request.method, env().RELEASE)
  const headers = withoutForgeableHeaders(request.headers)
  if (isPublicPath(pathname, development)) return NextResponse.next({ request: { headers } })

  const requestId = requestIdOf(request.headers)
  headers.set(REQUEST_ID_HEADER, requestId)
  const decision = decide(
    {
      method: request.method,
      pathname,
      search,
      forwardedHost: request.headers.get('x-forwarded-host') ?? undefined,
      // A function is told the page's path and the header, `next start` the path as it came.
      isNavigationData: request.headers.get('x-nextjs-data') === '1' || isNavigationData(outreach, pathname),
      redirectCookie: request.cookies.get(REDIRECT_COOKIE)?.value,
    },
    await verifier()(presentedTokens(request.headers)),
    { hostUrl: env().SLEEPCONNECT_URL, nowSec: Date.now() / 1000, development },
  )
  if ('code' in decision) logger().info('user context refused', { requestId, path: pathname, code: decision.code })

  const nonce = crypto.randomUUID().replaceAll('-', '')
  const policy = contentSecurityPolicy(nonce, development)
  headers.set(NONCE_HEADER, nonce)
  headers.set('content-security-policy', policy)
  const response = answer(decision, { headers, requestId, nonce })
  for (const [name, value] of Object.entries(answerHeaders)) response.headers.set(name, value)
  response.headers.set('content-security-policy', policy)
  response.headers.set(REQUEST_ID_HEADER, requestId)
  return response
}

interface AnswerParts {
  readonly headers: Headers
  readonly requestId: string
  readonly nonce: string
}

function answer(decision: Decision, { headers, requestId, nonce }: AnswerParts): NextResponse {
  switch (decision.kind) {
    case 'public':
    case 'page': {
      const response = NextResponse.next({ request: { headers } })
      // Arrived: the next redirect, whenever it comes, is the first of its kind.
      if (decision.kind === 'page' && headers.get('cookie')?.includes(`${REDIRECT_COOKIE}=`)) {
        response.cookies.set(REDIRECT_COOKIE, '', cookieAttributes(0))
      }
      return response
    }
    case 'redirect': {
      const response = NextResponse.redirect(decision.location, 302)
      response.cookies.set(REDIRECT_COOKIE, decision.cookieValue, cookieAttributes(decision.maxAgeSec))
      return response
    }
    case 'explain':
      return new NextResponse(refusedPage({ code: decision.code, signInUrl: decision.signInUrl, requestId, nonce }), {
        status: 401,
        headers: { 'content-type': 'text/html; charset=utf-8' },
      })
    case 'unauthorized':
      return refusal(401, 'UNAUTHORIZED', 'Sign in to go on.', requestId)
    case 'not-found':
      return refusal(404, 'NOT_FOUND', 'There is nothing at this address.', requestId)
    case 'method-not-allowed': {
      const response = refusal(405, 'VALIDATION_ERROR', 'Pages can only be read.', requestId)
      response.headers.set('allow', 'GET, HEAD')
      return response
    }
  }
}

function refusal(
  status: number,
  code: 'UNAUTHORIZED' | 'NOT_FOUND' | 'VALIDATION_ERROR',
  message: string,
  requestId: string,
) {
  return NextResponse.json(errorBody.parse({ code, message, requestId }), { status })
}

function cookieAttributes(maxAge: number) {
  return {
    path: outreach.basePath,
    httpOnly: true,
    sameSite: 'lax',
    secure: env().SLEEPCONNECT_URL.startsWith('https:'),
    maxAge,
  } as const
}
