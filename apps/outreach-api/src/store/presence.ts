import type { Presence } from '@sax/api-contract'
import { sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import type { Whole } from './conversation-rows.ts'
import type { Transaction } from './database.ts'

export interface PresenceRow extends Record<string, unknown> {
  readonly conversation_id: string
  readonly sax_id: Whole
  readonly name: string | null
  readonly state: 'looking' | 'typing' | 'gone'
  readonly until: string
}

export function toPresence(row: PresenceRow): Presence {
  return {
    conversationId: row.conversation_id,
    saxId: Number(row.sax_id),
    name: row.name,
    state: row.state,
    until: new Date(row.until).toISOString(),
  }
}

/** Says what the viewer is doing in a conversation. Saying the same again only makes it last. */
export async function savePresence(
  tx: Transaction,
  viewer: Viewer,
  place: { readonly conversationId: string; readonly practiceId: string },
  { state, until }: { readonly state: PresenceRow['state']; readonly until: Date },
): Promise<void> {
  await tx.execute(sql`
    insert into app.presence (tenant_id, practice_id, conversation_id, sax_id, state, until)
    values (${viewer.tenantId}, ${place.practiceId}, ${place.conversationId}, ${viewer.saxId}, ${state},
      ${until.toISOString()})
    on conflict (tenant_id, conversation_id, sax_id) do update set state = excluded.state, until = excluded.until`)
}

/** What was written is there now: whoever wrote it writes it no more. */
export async function endTyping(tx: Transaction, viewer: Viewer, conversationId: string): Promise<void> {
  await tx.execute(sql`
    update app.presence set state = 'looking'
    where tenant_id = ${viewer.tenantId} and conversation_id = ${conversationId} and sax_id = ${viewer.saxId}
      and state = 'typing'`)
}

/** Others who are in the conversation now. */
export async function othersPresent(
  tx: Transaction,
  viewer: Viewer,
  conversationId: string,
  now: Date,
): Promise<Presence[]> {
  const { rows } = await tx.execute<PresenceRow>(sql`
    select here.conversation_id, here.sax_id, person.name, here.state, here.until
    from app.presence here left join app.people person on person.sax_id = here.sax_id
    where here.tenant_id = ${viewer.tenantId} and here.conversation_id = ${conversationId}
      and here.sax_id <> ${viewer.saxId} and here.state <> 'gone' and here.until > ${now.toISOString()}
    order by here.sax_id`)
  return rows.map(toPresence)
}
