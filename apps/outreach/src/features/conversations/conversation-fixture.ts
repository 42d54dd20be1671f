import type { Conversation, ConversationScreen, Message } from '@sax/api-contract'

/** A conversation for tests: active, nobody's, read. */
export function conversationFixture(more: Partial<Conversation> = {}): Conversation {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    tenantId: '00000000-0000-0000-0000-000000000001',
    practiceId: '00000000-0000-0000-0000-000000000020',
    practiceName: 'Harbor Sleep Center',
    coordinatorSaxId: null,
    coordinatorName: null,
    patientId: null,
    patients: [],
    patientPhone: '+16175550101',
    friendlyName: "Maeve O'Brien",
    status: 'active',
    slaStatus: 'ok',
    waitingSince: null,
    slaWarnAt: null,
    slaDueAt: null,
    asOf: '2026-11-02T15:00:00.000Z',
    unreadCount: 0,
    lastMessageSeq: 1,
    lastMessageAt: '2026-11-02T14:00:00.000Z',
    lastMessageDirection: 'outbound',
    lastMessagePreview: 'See you then',
    optedOut: false,
    consent: 'subscribed',
    claim: null,
    unsent: false,
    marks: { urgent: false, negative: false },
    createdAt: '2026-11-01T12:00:00.000Z',
    ...more,
  }
}

/** An outbound message for tests: the first of its conversation, delivered. */
export function messageFixture(more: Partial<Message> = {}): Message {
  return {
    id: '00000000-0000-4000-8000-0000000000a1',
    conversationId: '00000000-0000-4000-8000-000000000001',
    seq: 1,
    direction: 'outbound',
    body: 'See you then',
    status: 'delivered',
    segmentCount: 1,
    authorSaxId: 7,
    authorName: 'Dana Reyes',
    errorCode: null,
    errorMessage: null,
    clientId: '00000000-0000-4000-8000-0000000000c1',
    media: [],
    scheduledFor: null,
    canRetry: false,
    cancelledAt: null,
    sentiment: null,
    urgent: null,
    createdAt: '2026-11-02T14:00:00.000Z',
    sentAt: null,
    deliveredAt: null,
    ...more,
  }
}

/** A screen for tests: one conversation with these messages. */
export function screenFixture(messages: Message[], more: Partial<ConversationScreen> = {}): ConversationScreen {
  return {
    conversation: conversationFixture({ lastMessageSeq: messages.at(-1)?.seq ?? 0 }),
    messages,
    hasMore: false,
    notes: [],
    presence: [],
    colleagues: [],
    quietHours: { timeZone: 'America/New_York', quietNow: false, changesAt: '2026-11-03T02:00:00.000Z' },
    changesCursor: 'c0',
    ...more,
  }
}
