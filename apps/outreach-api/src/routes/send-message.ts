import type { SendMessage } from '@sax/api-contract'
import { messageSize, parseTemplate } from '@sax/message-template'
import type { Viewer } from '../domain/viewer.ts'
import { invalid, notFound, Refusal } from '../http/refusal.ts'
import { consentOf, holdPhoneShared } from '../store/consent.ts'
import { findConversation } from '../store/conversation-rows.ts'
import type { Transaction } from '../store/database.ts'
import { attachUpload } from '../store/stored-media.ts'
import { answeredUnseen, holdConversation, messageOfClient, phoneOf, storeOutbound } from '../store/stored-messages.ts'
import { countUse, findTemplate } from '../store/templates.ts'

/** How far ahead a message may be scheduled. */
const AHEAD_MS = 7 * 24 * 60 * 60 * 1000

interface Sending {
  readonly newId: () => string
  readonly now: Date
}

/**
 * Stores what a person wants to send, once: answers the id of the message, which is that of before when the same client
 * id comes again. Nothing is sent here.
 * @throws Refusal 403 `OPTED_OUT`, 409 `VERSION_CONFLICT` when somebody else has answered unseen, 400, 404, 422.
 */
export async function storeIntent(
  tx: Transaction,
  viewer: Viewer,
  conversationId: string,
  intent: SendMessage,
  { newId, now }: Sending,
): Promise<string> {
  const scheduledFor = timeOf(intent, now)
  const { variables } = parseTemplate(intent.body)
  if (variables.length > 0) {
    throw new Refusal(400, 'MISSING_VARIABLES', 'Some variables have no value yet.', { variables })
  }
  const phone = await phoneOf(tx, viewer, conversationId)
  if (phone === undefined) throw notFound('conversation')
  // The number first, then rows: the order of everybody who needs both.
  await holdPhoneShared(tx, phone)
  const held = await holdConversation(tx, viewer, conversationId)
  if (held === undefined) throw notFound('conversation')
  const before = await messageOfClient(tx, viewer, intent.clientId)
  if (before !== undefined) {
    const same =
      before.conversationId === conversationId &&
      before.body === intent.body &&
      before.author === viewer.saxId &&
      before.pictureId === intent.pictureId
    if (!same) throw new Refusal(422, 'VALIDATION_ERROR', 'This client id was already used for another message.')
    return before.id
  }
  const consent = await consentOf(tx, viewer.tenantId, phone)
  if (consent !== 'subscribed') throw optedOut(consent)
  if (await answeredUnseen(tx, viewer, conversationId, intent.seenSeq)) {
    const current = await findConversation(tx, viewer, conversationId, now)
    if (current === undefined) throw notFound('conversation')
    const shown = { action: 'conversations.read', conversation: current } as const
    throw new Refusal(409, 'VERSION_CONFLICT', 'Somebody else has answered in the meantime.', { current }, shown)
  }
  const { templateId, pictureId } = intent
  if (templateId !== undefined) {
    if ((await findTemplate(tx, viewer, templateId)) === undefined) throw notFound('template')
    await countUse(tx, viewer, templateId)
  }
  const id = newId()
  await storeOutbound(tx, held, {
    id,
    body: intent.body,
    // The carrier sends a picture and its words as one.
    segmentCount: pictureId === undefined ? messageSize(intent.body).segmentCount : 1,
    clientId: intent.clientId,
    authorSaxId: viewer.saxId,
    templateId,
    scheduledFor,
    at: now,
  })
  if (pictureId !== undefined && !(await attachUpload(tx, viewer, { id: pictureId, conversationId, messageId: id }))) {
    throw new Refusal(404, 'NOT_FOUND', 'There is no such picture to send. It is kept for a day.', {
      missing: 'picture',
    })
  }
  return id
}

/** `held` is refused like `opted_out`, until a person has decided. */
export function optedOut(consent: 'opted_out' | 'held'): Refusal {
  const message =
    consent === 'held'
      ? 'The patient may have asked not to be texted. Decide that first.'
      : 'The patient does not want to be texted. They have to text START first.'
  return new Refusal(403, 'OPTED_OUT', message, { consent })
}

function timeOf({ scheduledFor }: SendMessage, now: Date): Date | undefined {
  if (scheduledFor === undefined) return undefined
  const at = new Date(scheduledFor)
  if (at <= now) throw invalid({ scheduledFor: 'This time has passed' })
  if (at.getTime() - now.getTime() > AHEAD_MS) throw invalid({ scheduledFor: 'At most a week ahead' })
  return at
}
