import * as z from 'zod'
import { identifier, one, pagination, typedText } from './list.ts'
import { firstMessageBody, message, note } from './messages.ts'

export const consentState = z.enum(['subscribed', 'opted_out', 'held'])
export type ConsentState = z.infer<typeof consentState>

/** A patient whom a conversation's telephone number may reach. */
export const linkedPatient = z.object({ id: identifier, firstName: z.string(), lastName: z.string() })
export type LinkedPatient = z.infer<typeof linkedPatient>

export const conversation = z.object({
  id: identifier,
  tenantId: identifier,
  practiceId: identifier,
  practiceName: z.string(),
  /** Whose it is; null: nobody's yet. */
  coordinatorSaxId: z.int().nullable(),
  coordinatorName: z.string().nullable(),
  /** Whom messages are about. Null: nobody known, or several behind one number of whom none was chosen. */
  patientId: identifier.nullable(),
  /** Everybody known to be behind the number, by name. */
  patients: z.array(linkedPatient),
  /** E.164 */
  patientPhone: z.string(),
  /** For staff: the name given by hand, or of the patients, or the number. Never part of a message. */
  friendlyName: z.string().max(255),
  status: z.enum(['active', 'archived']),
  /** As of `asOf`. Between two answers it follows from `slaWarnAt`, `slaDueAt` and the clock. */
  slaStatus: z.enum(['ok', 'warning', 'breached']),
  /** When the first unanswered message arrived; null when none is. */
  waitingSince: z.iso.datetime().nullable(),
  slaWarnAt: z.iso.datetime().nullable(),
  slaDueAt: z.iso.datetime().nullable(),
  /** The server's clock. */
  asOf: z.iso.datetime(),
  unreadCount: z.int().min(0),
  lastMessageSeq: z.int().min(0),
  lastMessageAt: z.iso.datetime().nullable(),
  lastMessageDirection: z.enum(['inbound', 'outbound']).nullable(),
  lastMessagePreview: z.string().max(160),
  optedOut: z.boolean(),
  /** `held`: what the patient wrote may have meant stop. Nothing is sent until a person has decided. */
  consent: consentState,
  /** Who says to be answering now; null: nobody, or no longer. */
  claim: z.object({ saxId: z.int(), name: z.string().nullable(), until: z.iso.datetime() }).nullable(),
  /** Of what the patient wrote since they have been waiting, by a classifier where one is switched on. Decides nothing. */
  marks: z.object({ urgent: z.boolean(), negative: z.boolean() }),
  /**
   * Whether it has messages that were given up before the carrier had them, and that nobody has called off; or its newest
   * message is one that the carrier had and did not deliver.
   */
  unsent: z.boolean(),
  createdAt: z.iso.datetime(),
})
export type Conversation = z.infer<typeof conversation>

/** `not_sent`: those that are `unsent`. `unknown`: numbers of which no patient is known. All but `archived` hold active conversations only. */
export const conversationFilter = z.enum([
  'all',
  'unread',
  'at_risk',
  'mine',
  'unassigned',
  'not_sent',
  'unknown',
  'archived',
])
export type ConversationFilter = z.infer<typeof conversationFilter>

export const conversationListQuery = z.object({
  filter: conversationFilter.default('all'),
  /** `waiting`: the longest waiting first, then the others, newest first. */
  sort: z.enum(['newest', 'waiting']).default('newest'),
  /** A name in any order; a number in any notation; from three letters on what was written. */
  search: z.string().trim().max(100).optional(),
  /** One practice only. Default: everything within reach. One out of reach is answered 404. */
  practiceId: identifier.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `pagination.nextCursor` of the page before, of the same question. */
  cursor: z.string().max(300).optional(),
})

export const conversationCounts = z.record(conversationFilter, z.int().min(0))
export type ConversationCounts = z.infer<typeof conversationCounts>

export const conversationList = z.object({
  data: z.array(conversation),
  /** `offset` is 0: pages follow one another by cursor. `total` is the count of the filter asked for. */
  pagination: pagination.extend({ nextCursor: z.string().nullable() }),
  /** How many each filter would show, of the same search and practice, and of the same instant as the rows. */
  counts: conversationCounts,
  /**
   * Practices that `practiceId` can name, by name: for whoever reaches all of the tenant, on the first page. Absent for
   * others, who reach the practice they work in.
   */
  practices: z.array(z.object({ id: identifier, name: z.string() })).optional(),
  /**
   * True when words were searched that are in so many messages that only the newest conversations with them were found.
   * Rows and counts are of those, and of all that are unread or waiting.
   */
  searchCut: z.boolean().optional(),
  /** For `listChanges`: everything after this answer. */
  changesCursor: z.string(),
})

export const createConversationBody = z
  .object({
    /** In any notation, of the US unless it begins with +. Default: the patient's. */
    phone: z.string().trim().max(40).optional(),
    patientId: identifier.optional(),
    friendlyName: typedText(255).optional(),
    firstMessage: firstMessageBody.optional(),
  })
  .refine(({ phone, patientId }) => phone !== undefined || patientId !== undefined, {
    path: ['phone'],
    message: 'Give a number or a patient',
  })
export type CreateConversation = z.input<typeof createConversationBody>

/** Whether a patient should not be disturbed now, by the patient's clock, and when that changes next. */
export const quietHours = z.object({ timeZone: z.string(), quietNow: z.boolean(), changesAt: z.iso.datetime() })
export type QuietHours = z.infer<typeof quietHours>

/** In a body, for a number has no business in a URL. */
export const checkDuplicateBody = z.object({
  phone: z.string().trim().min(1).max(40),
  /** Whom a conversation with it would be about, where that is known: by whose clock quiet hours are told. */
  patientId: identifier.optional(),
})
export type CheckDuplicate = z.infer<typeof checkDuplicateBody>
export const duplicateOne = one(
  z.object({
    /** The number as E.164. */
    phone: z.string(),
    /** The conversation the practice already has with it, archived ones too. */
    conversationId: identifier.nullable(),
    /** Patients of the practice with this number. */
    patients: z.array(linkedPatient),
    consent: consentState,
    /** Of the patient, or where none is known, or several are, of the practice. */
    quietHours,
  }),
)

export const updateConversationBody = z.object({
  /** Null: called by its patients or its number again. */
  friendlyName: typedText(255).nullable().optional(),
  status: z.enum(['active', 'archived']).optional(),
})
export type UpdateConversation = z.infer<typeof updateConversationBody>

/** Gives the conversation to somebody of its practice, or to nobody. */
export const assignBody = z.object({
  saxId: z.int().min(1).nullable(),
  /** Who had it when the asking person looked; another one now refuses this: 409 `VERSION_CONFLICT`. */
  expectedSaxId: z.int().min(1).nullable(),
  /** Handed over with a word; becomes a note. */
  note: typedText(4000).optional(),
})
export type AssignConversation = z.infer<typeof assignBody>

/** All patients behind the number, as it shall be. */
export const setPatientsBody = z.object({
  patientIds: z.array(identifier).max(20),
  /** Whom messages are about: one of them, or null. */
  chosenId: identifier.nullable(),
})
export type SetPatients = z.infer<typeof setPatientsBody>

export const markReadBody = z.object({
  /** `seq` of the newest message that was seen. What arrived after it stays unread. */
  seenSeq: z.int().min(0),
})
export type MarkRead = z.infer<typeof markReadBody>

/** A person's decision. Nobody but the patient takes back STOP. */
export const setConsentBody = z.object({
  state: z.enum(['subscribed', 'opted_out']),
  reason: typedText(500),
  /**
   * `seq` of the newest message that was read. What the patient wrote after it, and may have meant as stop, refuses
   * `subscribed`: 409 `VERSION_CONFLICT`. Not given: nothing does.
   */
  seenSeq: z.int().min(0).optional(),
})
export type SetConsent = z.infer<typeof setConsentBody>

export const presence = z.object({
  conversationId: identifier,
  saxId: z.int(),
  name: z.string().nullable(),
  state: z.enum(['looking', 'typing', 'gone']),
  /** Over when this has passed. */
  until: z.iso.datetime(),
})
export type Presence = z.infer<typeof presence>
export const setPresenceBody = z.object({ state: z.enum(['looking', 'typing', 'gone']) })
export type SetPresence = z.infer<typeof setPresenceBody>
/** Others who have the conversation open now. */
export const presenceList = z.object({ data: z.array(presence) })

export const conversationOne = one(conversation)

/** Everything the screen of one conversation shows, of one instant. */
export const conversationScreen = one(
  z.object({
    conversation,
    /** The newest, newest last. */
    messages: z.array(message),
    /** Whether there are older messages. */
    hasMore: z.boolean(),
    /** Newest last. */
    notes: z.array(note),
    presence: z.array(presence),
    /** People to whom it can be given, by name. */
    colleagues: z.array(z.object({ saxId: z.int(), name: z.string() })),
    quietHours,
    changesCursor: z.string(),
  }),
)
export type ConversationScreen = z.infer<typeof conversationScreen>['data']
