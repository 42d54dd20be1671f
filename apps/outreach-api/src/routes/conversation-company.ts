import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { createNoteBody, noteOne, presenceList, setPresenceBody } from '@sax/api-contract'
import { answerOnce } from '../http/answer-once.ts'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { noMoreNotes, notFound } from '../http/refusal.ts'
import { recordConversations } from '../store/audit.ts'
import { findConversation } from '../store/conversation-rows.ts'
import { insertNote, listNotes, notesAreFull } from '../store/messages.ts'
import { othersPresent, savePresence } from '../store/presence.ts'
import { answers, declared, idParam, jsonBody } from './declared.ts'

/** How long a person is taken to be there, or to be writing, without saying so again. */
const LASTING_MS = { looking: 30_000, typing: 8_000, gone: 0 } as const

const note = createRoute({
  ...declared('createNote'),
  request: { params: idParam, body: jsonBody(createNoteBody) },
  responses: answers(201, noteOne, 'The note'),
})

const presence = createRoute({
  ...declared('setPresence'),
  request: { params: idParam, body: jsonBody(setPresenceBody) },
  responses: answers(200, presenceList, 'Who else is in the conversation'),
})

/** What colleagues tell one another: notes, and that they are there. */
export function conversationCompanyRoutes(app: OpenAPIHono<ApiEnv>, { database, newId, epochMs }: AppDeps): void {
  app.openapi(note, async (c) => {
    const { viewer, requestId } = c.var
    const { id } = c.req.valid('param')
    const { body } = c.req.valid('json')
    const now = new Date(epochMs())
    const answer = await answerOnce(c, database, viewer, { body }, async (tx) => {
      const conversation = await findConversation(tx, viewer, id, now)
      if (conversation === undefined) throw notFound('conversation')
      if (await notesAreFull(tx, viewer, id)) throw noMoreNotes()
      const noteId = newId()
      await insertNote(tx, viewer, { id: noteId, conversationId: id, practiceId: conversation.practiceId, body }, now)
      const data = (await listNotes(tx, viewer, id)).find((one) => one.id === noteId)
      if (data === undefined) throw new Error('a new note is not visible to its writer')
      recordConversations(tx, viewer, 'conversations.change', [conversation], requestId)
      return { data }
    })
    return c.json(answer, 201)
  })

  app.openapi(presence, async (c) => {
    const { viewer } = c.var
    const { id } = c.req.valid('param')
    const { state } = c.req.valid('json')
    const now = new Date(epochMs())
    const data = await database.inTenant(viewer.tenantId, async (tx) => {
      const conversation = await findConversation(tx, viewer, id, now)
      if (conversation === undefined) throw notFound('conversation')
      const until = new Date(now.getTime() + LASTING_MS[state])
      await savePresence(tx, viewer, { conversationId: id, practiceId: conversation.practiceId }, { state, until })
      return othersPresent(tx, viewer, id, now)
    })
    return c.json({ data }, 200)
  })
}
