import { sql } from 'drizzle-orm'
import type { InboundMedia, InboundMessage } from '../receiving/carrier-events.ts'
import type { SetAsideStore } from '../receiving/receiving-store.ts'
import { hearConsent, holdPhoneAlone, saidSince } from './consent.ts'
import type { Database } from './database.ts'
import { eventOf, keep, type ReceivingDeps } from './receiving.ts'

/** What was set aside, in PostgreSQL. */
export function createSetAsideStore(database: Database, deps: Omit<ReceivingDeps, 'nowMs'>): SetAsideStore {
  return {
    due: async (limit) => {
      const rows = await database.outsideTenants<{ tenant_id: string; provider_sid: string; from_phone: string }>(
        sql`select tenant_id, provider_sid, from_phone from app.texts_to_place(${limit})`,
      )
      return rows.map((row) => ({ tenantId: row.tenant_id, sid: row.provider_sid, from: row.from_phone }))
    },

    place: ({ tenantId, sid, from }) =>
      database.inTenant(tenantId, async (tx) => {
        // Before anything is taken: who waits has written nothing.
        await holdPhoneAlone(tx, from)
        const { rows } = await tx.execute<AsideRow>(sql`select * from app.take_text_set_aside(${sid})`)
        const [row] = rows
        if (row === undefined) return
        const atMs = new Date(row.received_at).getTime()
        const message: InboundMessage = {
          ...{ sid, from, to: row.to_phone, messagingServiceSid: row.messaging_service_sid, body: row.body },
          ...{ segmentCount: row.segment_count, media: row.media, said: row.said ?? undefined },
        }
        const kept = await keep(tx, { tenantId, practiceId: row.practice_id }, message, { ...deps, atMs })
        const event = eventOf(message.said)
        if (kept === undefined || event === undefined || !(await kept.stored)) return
        // What was said of the number since, or of this text when it came, is newer than what it says.
        if (await saidSince(tx, tenantId, from, atMs)) return
        await hearConsent(tx, { tenantId, phone: from, event, evidenceMessageId: kept.id, atMs })
      }),
  }
}

interface AsideRow extends Record<string, unknown> {
  readonly practice_id: string
  readonly messaging_service_sid: string
  readonly to_phone: string
  readonly body: string
  readonly segment_count: number
  readonly media: readonly InboundMedia[]
  readonly said: InboundMessage['said'] | null
  readonly received_at: string
}
