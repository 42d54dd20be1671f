import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { fileAnswer } from '../http/file-answer.ts'
import { notFound } from '../http/refusal.ts'
import { recordConversations } from '../store/audit.ts'
import { findConversation } from '../store/conversation-rows.ts'
import { findMedia } from '../store/stored-media.ts'
import { declared, file, idParam } from './declared.ts'

const get = createRoute({
  ...declared('getMedia'),
  request: { params: idParam },
  responses: file('The picture, or the part of it that was asked for'),
})

/** Pictures of messages. Who looked is in the audit log before anything is read from storage. */
export function mediaRoutes(app: OpenAPIHono<ApiEnv>, deps: AppDeps): void {
  const { database, epochMs, media, logger } = deps
  app.openapi(get, async (c) => {
    const { viewer, requestId } = c.var
    const { id } = c.req.valid('param')
    const kept = await database.inTenant(viewer.tenantId, async (tx) => {
      const found = await findMedia(tx, viewer, id)
      const conversation = found && (await findConversation(tx, viewer, found.conversationId, new Date(epochMs())))
      if (found === undefined || conversation === undefined) throw notFound('picture')
      await recordConversations(tx, viewer, 'media.read', [conversation], requestId)
      return found
    })
    return fileAnswer({ media, logger }, kept, {
      range: c.req.header('range'),
      requestId,
      bodiless: c.req.method === 'HEAD',
    })
  })
}
