import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { pictureTypes, uploadOne } from '@sax/api-contract'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { fileAnswer, storageFailed } from '../http/file-answer.ts'
import { invalid, notFound, Refusal } from '../http/refusal.ts'
import { judgeMedia } from '../receiving/media/judge-media.ts'
import { mediaKey } from '../receiving/media/media-key.ts'
import { noStorage } from '../receiving/media/no-storage.ts'
import { withoutSurroundings } from '../receiving/media/without-surroundings.ts'
import { recordConversations } from '../store/audit.ts'
import { findConversation } from '../store/conversation-rows.ts'
import { findMedia, insertUpload } from '../store/stored-media.ts'
import { answers, binary, declared, file, idParam } from './declared.ts'

const get = createRoute({
  ...declared('getMedia'),
  request: { params: idParam },
  responses: file('The picture, or the part of it that was asked for'),
})

const uploading = createRoute({
  ...declared('uploadMedia'),
  request: {
    params: idParam,
    body: { required: true, content: Object.fromEntries(pictureTypes.map((type) => [type, { schema: binary }])) },
  },
  responses: answers(201, uploadOne, 'The picture, to be sent with a message'),
})

/** Pictures of messages. Who looked is in the audit log before anything is read from storage. */
export function mediaRoutes(app: OpenAPIHono<ApiEnv>, deps: AppDeps): void {
  const { database, epochMs, media = noStorage, logger, newId } = deps
  app.openapi(get, async (c) => {
    const { viewer, requestId } = c.var
    const { id } = c.req.valid('param')
    const kept = await database.inTenant(viewer.tenantId, async (tx) => {
      const found = await findMedia(tx, viewer, id)
      const conversation = found && (await findConversation(tx, viewer, found.conversationId, new Date(epochMs())))
      if (found === undefined || conversation === undefined) throw notFound('picture')
      recordConversations(tx, viewer, 'media.read', [conversation], requestId)
      return found
    })
    return fileAnswer({ media, logger }, kept, {
      range: c.req.header('range'),
      requestId,
      bodiless: c.req.method === 'HEAD',
    })
  })

  app.openapi(uploading, async (c) => {
    const { viewer, requestId } = c.var
    const { id: conversationId } = c.req.valid('param')
    const reached = await database.inTenant(viewer.tenantId, (tx) =>
      findConversation(tx, viewer, conversationId, new Date(epochMs())),
    )
    if (reached === undefined) throw notFound('conversation')
    const chosen = new Uint8Array(await c.req.arrayBuffer())
    const contentType = await pictureOf(chosen, c.req.header('content-type') ?? '')
    const bytes = withoutSurroundings(chosen, contentType)
    if (bytes === undefined)
      throw invalid({ body: 'This file is damaged. Open it, save it again and choose the new one' })
    const id = newId()
    const storageKey = mediaKey(viewer.tenantId, id)
    // The row before the picture: what lies in storage has one by which it is found again if it is never sent. Nobody hears
    // of the id of a picture that did not get there.
    await database.inTenant(viewer.tenantId, async (tx) => {
      const upload = { id, conversationId, storageKey, contentType, bytes: bytes.length }
      if (!(await insertUpload(tx, viewer, upload, new Date(epochMs())))) throw notFound('conversation')
      recordConversations(tx, viewer, 'media.upload', [reached], requestId)
    })
    await media.put(storageKey, bytes, contentType).catch(storageFailed(logger, requestId))
    return c.json({ data: { id, contentType, bytes: bytes.length } }, 201)
  })
}

/** The type of a picture that can be sent. @throws Refusal 415 and 400, in words for who chose it */
async function pictureOf(bytes: Uint8Array, says: string): Promise<(typeof pictureTypes)[number]> {
  const judged = await judgeMedia(bytes, says)
  const contentType = judged.kind === 'good' ? pictureTypes.find((type) => type === judged.contentType) : undefined
  if (contentType !== undefined) return contentType
  if (judged.kind === 'bad' && judged.why === 'mismatch') {
    throw invalid({ body: 'This file is not the picture that its name says it is' })
  }
  throw new Refusal(415, 'VALIDATION_ERROR', 'Choose a picture that is a JPEG, a PNG or a GIF.')
}
