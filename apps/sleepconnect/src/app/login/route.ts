import { REQUEST_ID_HEADER } from '@sax/topology'
import { type NextRequest, NextResponse } from 'next/server'
import { AFTER_CALLBACK } from '../../server/auth0-client.ts'
import { paths } from '../../server/routing/places.ts'
import { parseReturnTo } from '../../server/routing/return-to.ts'
import { issueContext, namedContext, storeContext } from '../../server/session-context.ts'
import { theSite } from '../../server/site.ts'

/** Signs a person in and sends them to `?returnTo=`; somebody signed in already is sent there with a fresh user context. */
export async function GET(request: NextRequest): Promise<NextResponse> {
  const site = theSite()
  const to = (path: string) => NextResponse.redirect(site.env.APP_BASE_URL + path, 302)
  const problem = (reason: string) => to(`${paths.signInProblem}?reason=${reason}`)

  const query = new URL(request.url).searchParams
  const target = parseReturnTo(query.get('returnTo'))
  const returnTo = target.kind === 'path' ? target.path : `${paths.home}?notice=link-refused`
  const session = await site.sessions.of()

  if (session.kind === 'unusable') return problem('unusable_account')
  if (session.kind === 'usable') {
    const context = await namedContext(site, session.context, request.headers.get(REQUEST_ID_HEADER) ?? '')
    const response = to(returnTo)
    if (context !== session.context) await storeContext({ request, response }, session, context)
    response.cookies.set((await issueContext(site, context)).cookie)
    return response
  }
  // Back from the identity provider and still no session: the browser keeps no cookies. Sending it round again would never end.
  if (query.has(AFTER_CALLBACK)) return problem('cookies_refused')
  const started = await (await site.sessions.sdk()).startInteractiveLogin({ returnTo })
  return started.status < 500 ? started : problem('identity_provider_unavailable')
}
