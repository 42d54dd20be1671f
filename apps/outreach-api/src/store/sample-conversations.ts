import { messageSize } from '@sax/message-template'
import * as sample from '@sax/sample-data'
import { type ResponsePromise, type Wait, waitAfter } from '../domain/response-time.ts'
import { type Rows, snake } from './sample-rows.ts'

/** What practices promise unless they say otherwise: as the database has it. */
const PROMISE = { targetMin: 10, warningMin: 7 }

/** Numbers, hours and conversations of the sample, in the order in which they refer to one another. */
export function conversationTables(now: Date): readonly (readonly [table: string, rows: Rows])[] {
  const { conversations } = sample
  const at = ({ minutesAgo }: { readonly minutesAgo: number }) =>
    new Date(now.getTime() - minutesAgo * 60_000).toISOString()
  const all = conversations.flatMap((conversation) =>
    conversation.messages.map((message, index) => ({ conversation, message, seq: index + 1, at: at(message) })),
  )
  const sent = all.filter(({ message }) => message.authorSaxId !== null)
  const unwelcome = conversations.filter(({ consent }) => consent !== 'subscribed')
  return [
    ['senders', sample.practices.map(({ id, tenantId, phone }) => ({ phone, tenant_id: tenantId, practice_id: id }))],
    ['opening_hours', sample.openingHours.map((row) => snake(row))],
    ['conversations', conversations.map((conversation) => conversationRow(conversation, now))],
    [
      'conversation_patients',
      conversations.flatMap(({ tenantId, id, patientIds }) =>
        patientIds.map((patientId) => ({
          tenant_id: tenantId,
          conversation_id: id,
          patient_id: patientId,
          linked_at: now,
        })),
      ),
    ],
    ['messages', all.map(messageRow)],
    [
      'outbox',
      sent.map(({ conversation, message, at: sentAt }) => ({
        message_id: message.id,
        tenant_id: conversation.tenantId,
        state: 'done',
        attempts: 1,
        next_attempt_at: sentAt,
        changed_at: sentAt,
      })),
    ],
    [
      'notes',
      conversations.flatMap(({ notes, id, tenantId, practiceId }) =>
        notes.map((note) => ({
          ...snake(note),
          tenant_id: tenantId,
          practice_id: practiceId,
          conversation_id: id,
          created_at: now,
          change_seq: 0,
          change_xid: '0',
        })),
      ),
    ],
    [
      'consent_ledger',
      unwelcome.map(({ tenantId, patientPhone, consent, messages }) => ({
        tenant_id: tenantId,
        phone: patientPhone,
        state: consent,
        source: consent === 'held' ? 'free_text' : 'keyword',
        evidence_message_id: messages.at(-1)?.id,
        at: now,
      })),
    ],
  ]
}

type Said = { readonly conversation: sample.SampleConversation; readonly message: sample.SampleMessage }

function messageRow({ conversation, message, seq, at }: Said & { readonly seq: number; readonly at: string }) {
  const { id, authorSaxId, body, status, errorCode } = message
  const inbound = authorSaxId === null
  const arrived = status === 'delivered' || status === 'read'
  return {
    id,
    tenant_id: conversation.tenantId,
    practice_id: conversation.practiceId,
    conversation_id: conversation.id,
    seq,
    direction: inbound ? 'inbound' : 'outbound',
    body,
    status,
    segment_count: messageSize(body).segmentCount,
    author_sax_id: authorSaxId,
    client_id: inbound ? null : id.replace(/^4/, '5'),
    provider_sid: `SM${id.replaceAll('-', '')}`,
    error_code: errorCode,
    created_at: at,
    sent_at: inbound || status === 'failed' ? null : at,
    delivered_at: !inbound && arrived ? at : null,
    read_at: status === 'read' ? at : null,
    change_seq: 0,
    change_xid: '0',
  }
}

function conversationRow(conversation: sample.SampleConversation, now: Date) {
  const { messages, consent } = conversation
  const last = messages.at(-1)
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
  const wait =
    consent === 'opted_out'
      ? undefined
      : messages.reduce<Wait | undefined>(
          (waiting, { authorSaxId, minutesAgo }) =>
            waitAfter(
              waiting,
              { kind: authorSaxId === null ? 'asked' : 'answered', at: before(minutesAgo) },
              promiseOf(conversation),
            ),
          undefined,
        )
  return {
    id: conversation.id,
    tenant_id: conversation.tenantId,
    practice_id: conversation.practiceId,
    patient_phone: conversation.patientPhone,
    patient_id: conversation.patientId,
    patient_count: 0, // counted as they are linked
    status: conversation.status,
    assigned_sax_id: conversation.assignedSaxId,
    waiting_since: wait?.since,
    warn_at: wait?.warnAt,
    due_at: wait?.dueAt,
    unread_count: conversation.unread,
    last_message_seq: messages.length,
    not_arrived: last !== undefined && last.authorSaxId !== null && ['failed', 'undelivered'].includes(last.status),
    last_message_at: last && before(last.minutesAgo),
    last_message_direction: last?.authorSaxId === null ? 'inbound' : 'outbound',
    last_message_preview: (last?.body ?? '').slice(0, 160),
    consent_state: 'subscribed', // set by the ledger
    created_at: before(messages[0]?.minutesAgo ?? 0),
    change_seq: 0,
    change_xid: '0',
  }
}

function promiseOf({ practiceId }: sample.SampleConversation): ResponsePromise {
  const timeZone = sample.practices.find(({ id }) => id === practiceId)?.timeZone ?? 'UTC'
  return {
    ...PROMISE,
    timeZone,
    openingHours: sample.openingHours.filter((one) => one.practiceId === practiceId),
    holidays: [],
  }
}
