import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import {
  checkDuplicateBody,
  conversationList,
  conversationListQuery,
  conversationOne,
  conversationScreen,
  createConversationBody,
  duplicateOne,
} from '@sax/api-contract'
import { readPosition, writePosition } from '../domain/list-position.ts'
import { parsePatientSearch } from '../domain/patient-search.ts'
import { e164Of } from '../domain/phone.ts'
import type { Viewer } from '../domain/viewer.ts'
import { answerOnce } from '../http/answer-once.ts'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { invalid, notFound, Refusal } from '../http/refusal.ts'
import { recordAudit, recordConversations } from '../store/audit.ts'
import { holdPhoneShared } from '../store/consent.ts'
import { listConversations } from '../store/conversation-list.ts'
import { findConversation } from '../store/conversation-rows.ts'
import { screenOf } from '../store/conversation-screen.ts'
import type { Transaction } from '../store/database.ts'
import { findDuplicate, isSender, openConversation } from '../store/open-conversation.ts'
import { findPatient } from '../store/patients.ts'
import { isPracticeInReach, practicesInReach } from '../store/practices.ts'
import { quietHoursOf } from '../store/quiet-hours.ts'
import { answers, declared, idParam, jsonBody } from './declared.ts'
import { storeIntent } from './send-message.ts'

const list = createRoute({
  ...declared('listConversations'),
  request: { query: conversationListQuery },
  responses: answers(200, conversationList, 'Conversations within reach of the asking person'),
})

const get = createRoute({
  ...declared('getConversation'),
  request: { params: idParam },
  responses: answers(200, conversationScreen, 'Everything the screen of the conversation shows'),
})

const create = createRoute({
  ...declared('createConversation'),
  request: { body: jsonBody(createConversationBody) },
  responses: answers(201, conversationOne, 'The new conversation'),
})

const check = createRoute({
  ...declared('checkDuplicateConversation'),
  request: { body: jsonBody(checkDuplicateBody) },
  responses: answers(200, duplicateOne, 'What is known of the number'),
})

/** Finding, opening and beginning conversations. Every answer that shows one is in the audit log before it is sent. */
export function conversationRoutes(app: OpenAPIHono<ApiEnv>, { database, newId, epochMs, hints }: AppDeps): void {
  app.openapi(list, async (c) => {
    const { viewer, requestId } = c.var
    const { search = '', cursor, ...query } = c.req.valid('query')
    const after = cursor === undefined ? undefined : readPosition(cursor)
    if (cursor !== undefined && after === undefined) throw invalid({ cursor: 'This is no cursor of ours' })
    const now = new Date(epochMs())
    const page = await database.inTenant(viewer.tenantId, async (tx) => {
      if (query.practiceId !== undefined && !(await isPracticeInReach(tx, viewer, query.practiceId)))
        throw notFound('practice')
      const practices = after === undefined ? await practicesInReach(tx, viewer) : undefined
      const found = await listConversations(tx, viewer, { ...query, pieces: piecesOf(search), after, now })
      const action = search === '' ? 'conversations.list' : 'conversations.search'
      recordConversations(tx, viewer, action, found.data, requestId)
      return { ...found, practices }
    })
    const { data, counts, next, searchCut, changesCursor, practices } = page
    return c.json(
      {
        data,
        pagination: {
          total: counts[query.filter],
          limit: query.limit,
          offset: 0,
          hasMore: next !== undefined,
          nextCursor: next === undefined ? null : writePosition(next),
        },
        counts,
        ...(practices ? { practices } : {}),
        ...(searchCut ? { searchCut } : {}),
        changesCursor,
      },
      200,
    )
  })

  app.openapi(get, async (c) => {
    const { viewer, requestId } = c.var
    const { id } = c.req.valid('param')
    const now = new Date(epochMs())
    const data = await database.inTenant(viewer.tenantId, async (tx) => {
      const screen = await screenOf(tx, viewer, id, now)
      if (screen === undefined) throw notFound('conversation')
      recordConversations(tx, viewer, 'conversations.read', [screen.conversation], requestId)
      return screen
    })
    return c.json({ data }, 200)
  })

  app.openapi(create, async (c) => {
    const { viewer, requestId } = c.var
    const body = c.req.valid('json')
    const { friendlyName, firstMessage } = body
    const now = new Date(epochMs())
    let messageId: string | undefined
    const answer = await answerOnce(c, database, viewer, body, async (tx) => {
      const patient = body.patientId === undefined ? undefined : await findPatient(tx, viewer, body.patientId)
      if (body.patientId !== undefined && patient === undefined) throw notFound('patient')
      const written = body.phone ?? patient?.phone
      if (written === undefined || written === null) throw invalid({ phone: 'This patient has no number on file' })
      const phone = numberOf(written)
      await refuseOwnNumber(tx, viewer, phone)
      const practiceId = patient?.practiceId ?? viewer.practiceId
      const wanted = { id: newId(), tenantId: viewer.tenantId, practiceId, phone, at: now, bySaxId: viewer.saxId }
      await holdPhoneShared(tx, phone)
      const opened = await openConversation(tx, { ...wanted, friendlyName, patientId: patient?.id })
      if (!opened.created) throw await existing(tx, viewer, opened.id, now)
      if (firstMessage !== undefined) {
        messageId = await storeIntent(tx, viewer, opened.id, { ...firstMessage, seenSeq: 0 }, { newId, now })
      }
      const data = await findConversation(tx, viewer, opened.id, now)
      if (data === undefined) throw new Error('a new conversation is not visible to who began it')
      recordConversations(tx, viewer, 'conversations.change', [data], requestId)
      return { data }
    })
    if (messageId !== undefined && firstMessage?.scheduledFor === undefined) {
      await hints?.tell({ tenantId: viewer.tenantId, messageId })
    }
    return c.json(answer, 201)
  })

  app.openapi(check, async (c) => {
    const { viewer, requestId } = c.var
    const { phone: written, patientId } = c.req.valid('json')
    const phone = numberOf(written)
    const now = new Date(epochMs())
    const data = await database.inTenant(viewer.tenantId, async (tx) => {
      await refuseOwnNumber(tx, viewer, phone)
      const patient = patientId === undefined ? undefined : await findPatient(tx, viewer, patientId)
      if (patientId !== undefined && patient === undefined) throw notFound('patient')
      const practiceId = patient?.practiceId ?? viewer.practiceId
      const found = await findDuplicate(tx, viewer, practiceId, phone)
      const [only, ...others] = found.patients
      const about = patient ?? (others.length === 0 ? only : undefined)
      const patientIds = new Set([...found.patients, ...(patient === undefined ? [] : [patient])].map(({ id }) => id))
      recordAudit(tx, viewer, {
        action: 'conversations.check_duplicate',
        patientIds: [...patientIds],
        requestId,
      })
      return { ...found, quietHours: await quietHoursOf(tx, viewer, { practiceId, patientId: about?.id ?? null }, now) }
    })
    return c.json({ data }, 200)
  })
}

/** Tells as much as a look for a duplicate does. */
async function existing(tx: Transaction, viewer: Viewer, conversationId: string, now: Date): Promise<Refusal> {
  const conversation = await findConversation(tx, viewer, conversationId, now)
  if (conversation === undefined) throw notFound('conversation')
  const words = 'There is already a conversation with this number.'
  const shown = { action: 'conversations.check_duplicate', conversation } as const
  return new Refusal(409, 'CONVERSATION_EXISTS', words, { conversationId }, shown)
}

function numberOf(written: string): string {
  const phone = e164Of(written)
  if (phone === undefined) throw noNumber('This is not a telephone number. Write it with its area code.')
  return phone
}

/** Texts to a number of one's own would come back as a patient's. */
async function refuseOwnNumber(tx: Transaction, viewer: Viewer, phone: string): Promise<void> {
  if (await isSender(tx, viewer.tenantId, phone)) {
    throw noNumber('Texts are sent from this number. Write the number of a patient.')
  }
}

const noNumber = (message: string) => new Refusal(400, 'INVALID_PHONE_FORMAT', message)

/** As people are searched for; but a date of birth alone is words like any other. */
function piecesOf(search: string): readonly string[] {
  if (search === '') return []
  const { pieces } = parsePatientSearch(search)
  return pieces.length > 0 ? pieces : [search]
}
