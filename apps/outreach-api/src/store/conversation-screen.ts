import type { ConversationScreen } from '@sax/api-contract'
import { sql } from 'drizzle-orm'
import { quietAt } from '../domain/quiet-hours.ts'
import type { Viewer } from '../domain/viewer.ts'
import { changesBegin } from './changes.ts'
import { peopleOfPractice } from './conversation-changes.ts'
import { findConversation } from './conversation-rows.ts'
import type { Transaction } from './database.ts'
import { listMessages, listNotes } from './messages.ts'
import { findPracticeRules } from './practice-rules.ts'
import { othersPresent } from './presence.ts'

/** Messages a conversation opens with. */
const NEWEST = 50

/** Everything the screen of one conversation shows, or undefined when there is none within the viewer's reach. */
export async function screenOf(
  tx: Transaction,
  viewer: Viewer,
  id: string,
  now: Date,
): Promise<ConversationScreen | undefined> {
  // First, so that what is stored while the rest is being read is told as a change.
  const changesCursor = await changesBegin(tx, now)
  const conversation = await findConversation(tx, viewer, id, now)
  if (conversation === undefined) return undefined
  const { practiceId, patientId } = conversation
  const { data: messages, hasMore } = await listMessages(tx, viewer, id, { limit: NEWEST })
  const { promise, quietHours } = await findPracticeRules(tx, viewer.tenantId, practiceId)
  const timeZone = (await timeZoneOf(tx, viewer, patientId)) ?? promise.timeZone
  const { quietNow, changesAt } = quietAt(now, timeZone, quietHours)
  return {
    conversation,
    messages,
    hasMore,
    notes: await listNotes(tx, viewer, id),
    presence: await othersPresent(tx, viewer, id, now),
    colleagues: await peopleOfPractice(tx, viewer.tenantId, practiceId),
    quietHours: { timeZone, quietNow, changesAt: changesAt.toISOString() },
    changesCursor,
  }
}

async function timeZoneOf(tx: Transaction, viewer: Viewer, patientId: string | null): Promise<string | undefined> {
  if (patientId === null) return undefined
  const { rows } = await tx.execute<{ time_zone: string }>(
    sql`select time_zone from app.patients where tenant_id = ${viewer.tenantId} and id = ${patientId}`,
  )
  return rows[0]?.time_zone
}
