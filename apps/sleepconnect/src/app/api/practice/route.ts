import { ApiError } from '@sax/api-contract/client'
import { REQUEST_ID_HEADER } from '@sax/topology'
import { isUuid } from '@sax/user-context'
import { type NextRequest, NextResponse } from 'next/server'
import * as z from 'zod'
import { refusal } from '../../../server/answers.ts'
import { outreachApi } from '../../../server/outreach-api.ts'
import { inPractice } from '../../../server/practice-switch.ts'
import { originOf } from '../../../server/same-origin.ts'
import { issueContext, storeContext } from '../../../server/session-context.ts'
import { theSite } from '../../../server/site.ts'

const body = z.object({ practiceId: z.string().refine(isUuid) })

/** Moves the session to another practice of the same person, with the tenant and roles they hold there. */
export async function POST(request: NextRequest): Promise<NextResponse> {
  const site = theSite()
  if (originOf(request.headers, site.env.APP_BASE_URL) !== 'this-site') {
    return refusal(request, 403, 'FORBIDDEN', 'Changes are accepted from pages of this site only.')
  }
  const session = await site.sessions.of()
  if (session.kind !== 'usable') return refusal(request, 401, 'UNAUTHORIZED', 'Sign in to go on.')
  const wanted = body.safeParse(await request.json().catch(() => undefined))
  if (!wanted.success) return refusal(request, 400, 'VALIDATION_ERROR', 'Name the practice by its id.')
  try {
    const api = await outreachApi(site, session.context, request.headers.get(REQUEST_ID_HEADER) ?? '')
    const practices = (await api.call('listPractices', {})).data
    const context = inPractice(session.context, wanted.data.practiceId, practices)
    if (context === undefined) return refusal(request, 403, 'FORBIDDEN', 'You do not work in this practice.')
    const response = NextResponse.json({ data: { practiceId: context.practiceId, tenantId: context.tenantId } })
    await storeContext({ request, response }, session, context)
    response.cookies.set((await issueContext(site, context)).cookie)
    return response
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return refusal(
      request,
      503,
      'UPSTREAM_UNAVAILABLE',
      'Your practices cannot be looked up right now. Try again in a moment.',
    )
  }
}
