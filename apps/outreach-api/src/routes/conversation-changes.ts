import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import {
  assignBody,
  type Conversation,
  conversationOne,
  markReadBody,
  setConsentBody,
  setPatientsBody,
  updateConversationBody,
} from '@sax/api-contract'
import type { Context } from 'hono'
import type { Viewer } from '../domain/viewer.ts'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { forbidden, invalid, noMoreNotes, notFound, Refusal } from '../http/refusal.ts'
import { recordConversations } from '../store/audit.ts'
import { changeConsent, holdPhoneAlone, revokedUnseen } from '../store/consent.ts'
import {
  type ConversationChange,
  changeConversation,
  patientsOfPractice,
  peopleOfPractice,
  replacePatients,
} from '../store/conversation-changes.ts'
import { findConversation } from '../store/conversation-rows.ts'
import type { Transaction } from '../store/database.ts'
import { insertNote, notesAreFull } from '../store/messages.ts'
import { type HeldConversation, holdConversation, phoneOf } from '../store/stored-messages.ts'
import { answers, declared, idParam, jsonBody } from './declared.ts'

/** How long a claim lasts unless it is made again. */
const CLAIM_MS = 5 * 60 * 1000

const changed = answers(200, conversationOne, 'The conversation as it is now')
const request = { params: idParam }
const update = createRoute({
  ...declared('updateConversation'),
  request: { ...request, body: jsonBody(updateConversationBody) },
  responses: changed,
})
const assign = createRoute({
  ...declared('assignConversation'),
  request: { ...request, body: jsonBody(assignBody) },
  responses: changed,
})
const claim = createRoute({ ...declared('claimConversation'), request, responses: changed })
const release = createRoute({ ...declared('releaseConversation'), request, responses: changed })
const read = createRoute({
  ...declared('markConversationRead'),
  request: { ...request, body: jsonBody(markReadBody) },
  responses: changed,
})
const unread = createRoute({ ...declared('markConversationUnread'), request, responses: changed })
const patients = createRoute({
  ...declared('setConversationPatients'),
  request: { ...request, body: jsonBody(setPatientsBody) },
  responses: changed,
})
const consent = createRoute({
  ...declared('setConversationConsent'),
  request: { ...request, body: jsonBody(setConsentBody) },
  responses: changed,
})

interface Deciding {
  readonly tx: Transaction
  readonly viewer: Viewer
  readonly held: HeldConversation
  readonly now: Date
}

/** What people do with a conversation besides writing in it. */
export function conversationChangeRoutes(app: OpenAPIHono<ApiEnv>, { database, newId, epochMs }: AppDeps): void {
  /** Changes the conversation, held meanwhile, to what is decided. */
  const change = (
    c: Context<ApiEnv>,
    id: string,
    decide: (deciding: Deciding) => ConversationChange | Promise<ConversationChange>,
    before: (tx: Transaction, viewer: Viewer) => Promise<void> = async () => undefined,
  ): Promise<{ data: Conversation }> => {
    const { viewer, requestId } = c.var
    const now = new Date(epochMs())
    return database.inTenant(viewer.tenantId, async (tx) => {
      await before(tx, viewer)
      const held = await holdConversation(tx, viewer, id)
      if (held === undefined) throw notFound('conversation')
      await changeConversation(tx, viewer, id, await decide({ tx, viewer, held, now }))
      const data = await findConversation(tx, viewer, id, now)
      if (data === undefined) throw new Error('a conversation vanished under the hands of its reader')
      recordConversations(tx, viewer, 'conversations.change', [data], requestId)
      return { data }
    })
  }

  app.openapi(update, async (c) => {
    const { friendlyName, status } = c.req.valid('json')
    const wanted = {
      ...(friendlyName === undefined ? {} : { friendlyName }),
      ...(status === undefined ? {} : { status }),
    }
    return c.json(await change(c, c.req.valid('param').id, () => wanted), 200)
  })

  app.openapi(assign, async (c) => {
    const { id } = c.req.valid('param')
    const { saxId, expectedSaxId, note } = c.req.valid('json')
    const answer = await change(c, id, async ({ tx, viewer, held, now }) => {
      if (held.assignedSaxId !== expectedSaxId) throw await conflict(tx, viewer, id, now, 'Somebody else has it now.')
      const people = await peopleOfPractice(tx, held.tenantId, held.practiceId)
      if (saxId !== null && !people.some((person) => person.saxId === saxId)) {
        throw invalid({ saxId: 'This person does not work in the practice' })
      }
      if (note !== undefined) {
        if (await notesAreFull(tx, viewer, id)) throw noMoreNotes()
        await insertNote(tx, viewer, { id: newId(), conversationId: id, practiceId: held.practiceId, body: note }, now)
      }
      // Who had said to be answering has handed it over.
      return { assignedSaxId: saxId, claim: null }
    })
    return c.json(answer, 200)
  })

  app.openapi(claim, async (c) => {
    const { id } = c.req.valid('param')
    const answer = await change(c, id, async ({ tx, viewer, held, now }) => {
      if (isClaimedByOther(held, viewer, now)) throw await conflict(tx, viewer, id, now, 'Somebody else is answering.')
      return { claim: { saxId: viewer.saxId, until: new Date(now.getTime() + CLAIM_MS) } }
    })
    return c.json(answer, 200)
  })

  app.openapi(release, async (c) => {
    const answer = await change(c, c.req.valid('param').id, ({ viewer, held, now }) =>
      isClaimedByOther(held, viewer, now) ? {} : { claim: null },
    )
    return c.json(answer, 200)
  })

  app.openapi(read, async (c) => {
    const { seenSeq } = c.req.valid('json')
    return c.json(await change(c, c.req.valid('param').id, () => ({ read: { seenSeq } })), 200)
  })

  app.openapi(unread, async (c) => {
    return c.json(await change(c, c.req.valid('param').id, () => ({ read: 'unread' })), 200)
  })

  app.openapi(patients, async (c) => {
    const { id } = c.req.valid('param')
    const { patientIds, chosenId } = c.req.valid('json')
    const wanted = [...new Set(patientIds)]
    if (chosenId !== null && !wanted.includes(chosenId)) throw invalid({ chosenId: 'Choose one of the patients' })
    const answer = await change(c, id, async ({ tx, viewer, held, now }) => {
      const known = await patientsOfPractice(tx, held.tenantId, held.practiceId, wanted)
      if (known.length < wanted.length) throw notFound('patient')
      // Who is taken away has it in their report too: what is recorded afterwards no longer names them.
      const before = await findConversation(tx, viewer, id, now)
      const gone = (before?.patients ?? []).filter((patient) => !wanted.includes(patient.id))
      if (gone.length > 0) {
        recordConversations(tx, viewer, 'conversations.change', [{ id, patients: gone }], c.var.requestId)
      }
      await replacePatients(tx, viewer, id, wanted, now)
      return { patientId: chosenId }
    })
    return c.json(answer, 200)
  })

  app.openapi(consent, async (c) => {
    const { id } = c.req.valid('param')
    const { state, reason, seenSeq } = c.req.valid('json')
    const hold = async (tx: Transaction, viewer: Viewer) => {
      const phone = await phoneOf(tx, viewer, id)
      if (phone === undefined) throw notFound('conversation')
      await holdPhoneAlone(tx, phone)
      const seen = state === 'subscribed' && seenSeq !== undefined ? { conversationId: id, seenSeq } : undefined
      if (seen !== undefined && (await revokedUnseen(tx, { tenantId: viewer.tenantId, ...seen }))) {
        throw await conflict(tx, viewer, id, new Date(epochMs()), 'The patient has written again. Read that first.')
      }
      const now = await changeConsent(tx, {
        tenantId: viewer.tenantId,
        phone,
        event: state === 'opted_out' ? 'person_opt_out' : 'person_release',
        actorSaxId: viewer.saxId,
        reason,
        atMs: epochMs(),
      })
      if (now !== state) throw forbidden('Only the patient takes back STOP, by texting START.')
    }
    return c.json(await change(c, id, () => ({}), hold), 200)
  })
}

function isClaimedByOther({ claimedBySaxId, claimedUntil }: HeldConversation, viewer: Viewer, now: Date): boolean {
  return claimedBySaxId !== null && claimedBySaxId !== viewer.saxId && claimedUntil !== undefined && claimedUntil > now
}

async function conflict(tx: Transaction, viewer: Viewer, id: string, now: Date, message: string): Promise<Refusal> {
  const current = await findConversation(tx, viewer, id, now)
  if (current === undefined) throw notFound('conversation')
  return new Refusal(
    409,
    'VERSION_CONFLICT',
    message,
    { current },
    { action: 'conversations.read', conversation: current },
  )
}
