import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { changes, changesQuery } from '@sax/api-contract'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { invalid, Refusal } from '../http/refusal.ts'
import { recordAudit } from '../store/audit.ts'
import { changesCursor } from '../store/change-cursor.ts'
import { changesPlanned, listChanges, patientsBehind } from '../store/changes.ts'
import type { Transaction } from '../store/database.ts'
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
    const tell = async (tx: Transaction) => {
      const news = await listChanges(tx, viewer, { after: cursor, limit, now, watchedFrom })
      if (news.kind === 'unknown_cursor') throw expired()
      if (news.kind === 'nothing') return undefined
      const { conversations, messages, notes } = news.changes.data
      const conversationIds = [
        ...new Set([
          ...conversations.map(({ id }) => id),
          ...[...messages, ...notes].map(({ conversationId }) => conversationId),
        ]),
      ]
      if (conversationIds.length > 0) {
        // Most news tells the conversation with what happened in it, and with a conversation its patients.
        const told = new Set(conversations.map(({ id }) => id))
        const others = conversationIds.filter((id) => !told.has(id))
        const behind = new Set([
          ...conversations.flatMap(({ patients }) => patients.map(({ id }) => id)),
          ...(others.length === 0 ? [] : await patientsBehind(tx, viewer, others)),
        ])
        const patientIds = [...behind]
        recordAudit(tx, viewer, { action: 'conversations.news', patientIds, conversationIds, requestId })
      }
      return news
    }
    const found = await database.inTenant(viewer.tenantId, tell, changesPlanned)
    if (found === undefined) return c.body(null, 204)
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
