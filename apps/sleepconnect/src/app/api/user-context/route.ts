import { NextResponse } from 'next/server'
import { refusal } from '../../../server/answers.ts'
import { originOf } from '../../../server/same-origin.ts'
import { issueContext } from '../../../server/session-context.ts'
import { theSite } from '../../../server/site.ts'

/**
 * Renews the user-context cookie while a session is live, and says whose: a page that was made for somebody else, or for
 * another practice, must not go on with it. The cookie's end is told in `x-user-context-expires` (ISO 8601).
 */
export async function POST(request: Request): Promise<NextResponse> {
  const site = theSite()
  if (originOf(request.headers, site.env.APP_BASE_URL) === 'elsewhere') {
    return refusal(request, 403, 'FORBIDDEN', 'Only pages of this site may ask for this.')
  }
  const session = await site.sessions.of()
  if (session.kind !== 'usable') return refusal(request, 401, 'UNAUTHORIZED', 'Sign in to go on.')
  const { cookie, expiresAtSec } = await issueContext(site, session.context)
  const { saxId, practiceId } = session.context
  const response = NextResponse.json(
    { data: { saxId, practiceId } },
    { headers: { 'cache-control': 'private, no-store' } },
  )
  response.headers.set('x-user-context-expires', new Date(expiresAtSec * 1000).toISOString())
  response.cookies.set(cookie)
  return response
}
