import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { changes, changesQuery } from '@sax/api-contract'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { invalid, Refusal } from '../http/refusal.ts'
import { changesCursor } from '../store/change-cursor.ts'
import { changesPlanned, listChanges } from '../store/changes.ts'
import { answers, declared } from './declared.ts'

const list = createRoute({
  ...declared('listChanges'),
  request: { query: changesQuery },
  responses: {
    ...answers(200, changes, 'What changed since the cursor'),
    204: { description: 'Nothing changed' },
  },
})

/** News for a browser that has read a list or a conversation before. */
export function changeRoutes(app: OpenAPIHono<ApiEnv>, { database, epochMs, logger }: AppDeps): void {
  app.openapi(list, async (c) => {
    const { viewer, requestId } = c.var
    const { after, limit, watchedMs } = c.req.valid('query')
    const now = new Date(epochMs())
    const read = changesCursor.read(after, now)
    if (read.kind === 'malformed') throw invalid({ after: 'This is no cursor of ours' })
    if (read.kind === 'expired') throw expired()
    const { cursor } = read
    const watchedFrom = watchedMs === undefined ? undefined : new Date(now.getTime() - watchedMs)
    const news = await database.inTenant(
      viewer.tenantId,
      (tx) => listChanges(tx, viewer, { after: cursor, limit, now, watchedFrom, requestId }),
      changesPlanned,
    )
    if (news.kind === 'unknown_cursor') throw expired()
    if (news.kind === 'nothing') return c.body(null, 204)
    const found = await news.told
    if (found.oldestReply !== undefined) {
      // The infrastructure makes a metric and an alarm of it.
      logger.info('reply told', { requestId, replyVisibleMs: Math.max(0, epochMs() - found.oldestReply.getTime()) })
    }
    return c.json(found.changes, 200)
  })
}

function expired(): Refusal {
  return new Refusal(410, 'CURSOR_EXPIRED', 'Too much may have happened since. Load the page again.')
}
