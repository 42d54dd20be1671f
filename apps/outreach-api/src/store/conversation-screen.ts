import type { ConversationScreen } from '@sax/api-contract'
import type { Viewer } from '../domain/viewer.ts'
import { changesBegin } from './changes.ts'
import { peopleOfPractice } from './conversation-changes.ts'
import { findConversation } from './conversation-rows.ts'
import type { Transaction } from './database.ts'
import { listMessages, listNotes } from './messages.ts'
import { othersPresent } from './presence.ts'
import { quietHoursOf } from './quiet-hours.ts'

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
  return {
    conversation,
    messages,
    hasMore,
    notes: await listNotes(tx, viewer, id),
    presence: await othersPresent(tx, viewer, id, now),
    colleagues: await peopleOfPractice(tx, viewer.tenantId, practiceId),
    quietHours: await quietHoursOf(tx, viewer, { practiceId, patientId }, now),
    changesCursor,
  }
}
