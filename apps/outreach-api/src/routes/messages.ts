import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import {
  type Conversation,
  type Message,
  messageList,
  messageListQuery,
  messageOne,
  sendMessageBody,
} from '@sax/api-contract'
import type { Context } from 'hono'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { notFound, Refusal } from '../http/refusal.ts'
import { recordConversations } from '../store/audit.ts'
import { bringForward, callOff } from '../store/called-off.ts'
import { consentOf, holdPhoneShared } from '../store/consent.ts'
import { findConversation } from '../store/conversation-rows.ts'
import type { Transaction } from '../store/database.ts'
import { findMessage, listMessages } from '../store/messages.ts'
import { endTyping } from '../store/presence.ts'
import { retryDead } from '../store/retry.ts'
import { answers, declared, idParam, jsonBody } from './declared.ts'
import { optedOut, storeIntent } from './send-message.ts'

const list = createRoute({
  ...declared('listMessages'),
  request: { params: idParam, query: messageListQuery },
  responses: answers(200, messageList, 'Messages of the conversation, newest last'),
})

const send = createRoute({
  ...declared('sendMessage'),
  request: { params: idParam, body: jsonBody(sendMessageBody) },
  responses: answers(201, messageOne, 'The message as it was stored; the same for the same client id'),
})

const get = createRoute({
  ...declared('getMessage'),
  request: { params: idParam },
  responses: answers(200, messageOne, 'The message'),
})

const retry = createRoute({
  ...declared('retryMessage'),
  request: { params: idParam },
  responses: answers(200, messageOne, 'The message, on its way again'),
})

const cancel = createRoute({
  ...declared('cancelMessage'),
  request: { params: idParam },
  responses: answers(200, messageOne, 'The message, which will not be sent'),
})

const sendNow = createRoute({
  ...declared('sendMessageNow'),
  request: { params: idParam },
  responses: answers(200, messageOne, 'The message, on its way'),
})

/** Reading messages, and storing what is to be sent; sending is the worker's. */
export function messageRoutes(app: OpenAPIHono<ApiEnv>, { database, newId, epochMs, hints }: AppDeps): void {
  /** Does something to a message that waits. @throws Refusal 404, or 409 when it could not be done any more */
  const change = (
    c: Context<ApiEnv>,
    id: string,
    act: (tx: Transaction, now: Date, phone: string) => Promise<boolean>,
    tooLate: string,
  ): Promise<Message> => {
    const { viewer, requestId } = c.var
    const now = new Date(epochMs())
    return database.inTenant(viewer.tenantId, async (tx) => {
      const found = await findMessage(tx, viewer, id)
      const conversation = found && (await findConversation(tx, viewer, found.conversationId, now))
      if (conversation === undefined) throw notFound('message')
      const done = await act(tx, now, conversation.patientPhone)
      const message = await findMessage(tx, viewer, id)
      if (message === undefined) throw new Error('a message vanished under the hands of its reader')
      if (!done) throw tooLateFor(message, conversation, tooLate)
      recordConversations(tx, viewer, 'messages.send', [conversation], requestId)
      return message
    })
  }

  app.openapi(list, async (c) => {
    const { viewer, requestId } = c.var
    const { id } = c.req.valid('param')
    const query = c.req.valid('query')
    const page = await database.inTenant(viewer.tenantId, async (tx) => {
      const conversation = await findConversation(tx, viewer, id, new Date(epochMs()))
      if (conversation === undefined) throw notFound('conversation')
      recordConversations(tx, viewer, 'messages.read', [conversation], requestId)
      const { data, hasMore } = await listMessages(tx, viewer, id, query)
      // Places in a conversation have no gaps, so that the last one is how many there are.
      const { lastMessageSeq: total } = conversation
      const offset = query.before === undefined ? 0 : Math.max(0, total + 1 - query.before)
      return { data, pagination: { total, limit: query.limit, offset, hasMore }, hasMore }
    })
    return c.json(page, 200)
  })

  app.openapi(send, async (c) => {
    const { viewer, requestId } = c.var
    const { id } = c.req.valid('param')
    const intent = c.req.valid('json')
    const now = new Date(epochMs())
    const data = await database.inTenant(viewer.tenantId, async (tx) => {
      const messageId = await storeIntent(tx, viewer, id, intent, { newId, now })
      const conversation = await findConversation(tx, viewer, id, now)
      const message = await findMessage(tx, viewer, messageId)
      if (conversation === undefined || message === undefined) throw new Error('a new message cannot be seen')
      await endTyping(tx, viewer, id)
      recordConversations(tx, viewer, 'messages.send', [conversation], requestId)
      return message
    })
    if (intent.scheduledFor === undefined) await hints?.tell({ tenantId: viewer.tenantId, messageId: data.id })
    return c.json({ data }, 201)
  })

  app.openapi(get, async (c) => {
    const { viewer, requestId } = c.var
    const { id } = c.req.valid('param')
    const data = await database.inTenant(viewer.tenantId, async (tx) => {
      const message = await findMessage(tx, viewer, id)
      if (message === undefined) throw notFound('message')
      const conversation = await findConversation(tx, viewer, message.conversationId, new Date(epochMs()))
      recordConversations(tx, viewer, 'messages.read', conversation ? [conversation] : [], requestId)
      return message
    })
    return c.json({ data }, 200)
  })

  app.openapi(retry, async (c) => {
    const { viewer, requestId } = c.var
    const { id } = c.req.valid('param')
    const now = new Date(epochMs())
    const data = await database.inTenant(viewer.tenantId, async (tx) => {
      const message = await findMessage(tx, viewer, id)
      const conversation = message && (await findConversation(tx, viewer, message.conversationId, now))
      if (message === undefined || conversation === undefined) throw notFound('message')
      await holdPhoneShared(tx, conversation.patientPhone)
      const consent = await consentOf(tx, viewer.tenantId, conversation.patientPhone)
      if (consent !== 'subscribed') throw optedOut(consent)
      if (!(await retryDead(tx, viewer, id, now))) {
        throw tooLateFor(message, conversation, 'Only a message that was given up is sent again.')
      }
      recordConversations(tx, viewer, 'messages.send', [conversation], requestId)
      return findMessage(tx, viewer, id)
    })
    if (data === undefined) throw new Error('a message vanished under the hands of its reader')
    await hints?.tell({ tenantId: viewer.tenantId, messageId: data.id })
    return c.json({ data }, 200)
  })

  app.openapi(cancel, async (c) => {
    const { viewer } = c.var
    const { id } = c.req.valid('param')
    const data = await change(c, id, (tx, now) => callOff(tx, viewer, id, now), 'It is on its way already.')
    return c.json({ data }, 200)
  })

  app.openapi(sendNow, async (c) => {
    const { viewer } = c.var
    const { id } = c.req.valid('param')
    const bring = async (tx: Transaction, now: Date, phone: string) => {
      await holdPhoneShared(tx, phone)
      const consent = await consentOf(tx, viewer.tenantId, phone)
      if (consent !== 'subscribed') throw optedOut(consent)
      return bringForward(tx, viewer, id, now)
    }
    const data = await change(c, id, bring, 'It does not wait for later any more.')
    await hints?.tell({ tenantId: viewer.tenantId, messageId: id })
    return c.json({ data }, 200)
  })
}

/** Shows the message as it is. */
function tooLateFor(current: Message, conversation: Conversation, words: string): Refusal {
  return new Refusal(409, 'VERSION_CONFLICT', words, { current }, { action: 'messages.read', conversation })
}
