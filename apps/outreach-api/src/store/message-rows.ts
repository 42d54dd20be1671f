import type { Message, MessageMedia } from '@sax/api-contract'
import { type SQL, sql } from 'drizzle-orm'
import { carrierErrorText } from '../domain/carrier-errors.ts'
import { integer, iso, type Whole } from './conversation-rows.ts'

/** A message as PostgreSQL tells it, with its author's name and its pictures. */
export interface MessageRow extends Record<string, unknown> {
  readonly id: string
  readonly conversation_id: string
  readonly seq: Whole
  readonly direction: 'inbound' | 'outbound'
  readonly body: string
  readonly status: Message['status']
  readonly segment_count: number
  readonly author_sax_id: Whole | null
  readonly author_name: string | null
  readonly error_code: number | null
  readonly client_id: string | null
  readonly media: MessageMedia[]
  readonly scheduled_for: string | null
  readonly dead: boolean
  readonly cancelled_at: string | null
  readonly sentiment: Message['sentiment']
  readonly urgent: boolean | null
  readonly created_at: string
  readonly sent_at: string | null
  readonly delivered_at: string | null
}

/** What is read of `source`, which holds rows of app.messages, for `toMessage`. */
export function messageColumns(source: SQL): { readonly columns: SQL; readonly joins: SQL } {
  return {
    columns: sql`${source}.id, ${source}.conversation_id, ${source}.seq, ${source}.direction, ${source}.body,
      ${source}.status, ${source}.segment_count, ${source}.author_sax_id, author.name as author_name,
      ${source}.error_code, ${source}.client_id, pictures.media, ${source}.scheduled_for,
      coalesce(outbox.state = 'dead', false) as dead, ${source}.cancelled_at, ${source}.sentiment, ${source}.urgent, ${source}.created_at,
      ${source}.sent_at, ${source}.delivered_at`,
    joins: sql`
      left join app.people author on author.sax_id = ${source}.author_sax_id
      left join app.outbox outbox on outbox.message_id = ${source}.id and outbox.tenant_id = ${source}.tenant_id
      left join lateral (
        select coalesce(json_agg(json_build_object('id', picture.id, 'contentType', picture.content_type,
          'bytes', picture.bytes, 'verdict', picture.verdict, 'refusal', picture.refusal) order by picture.position), '[]') as media
        from app.message_media picture
        where picture.tenant_id = ${source}.tenant_id and picture.message_id = ${source}.id
      ) pictures on true`,
  }
}

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: Number(row.seq),
    direction: row.direction,
    body: row.body,
    status: row.status,
    segmentCount: row.segment_count,
    authorSaxId: integer(row.author_sax_id),
    authorName: row.author_name,
    errorCode: row.error_code,
    errorMessage: row.cancelled_at === null ? carrierErrorText(row.error_code, row.status, row.dead) : null,
    clientId: row.client_id,
    media: row.media,
    scheduledFor: iso(row.scheduled_for),
    canRetry: row.dead,
    cancelledAt: iso(row.cancelled_at),
    sentiment: row.sentiment,
    urgent: row.urgent,
    createdAt: new Date(row.created_at).toISOString(),
    sentAt: iso(row.sent_at),
    deliveredAt: iso(row.delivered_at),
  }
}
