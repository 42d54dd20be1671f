import { dialogues, harborTalks, type Line, type Talk } from './dialogues.ts'
import { patients, type SamplePatient } from './patients.ts'
import { people } from './people.ts'
import { practices } from './practices.ts'
import { type Random, seededRandom } from './random.ts'

export interface SampleMessage {
  readonly id: string
  /** Null: the patient. */
  readonly authorSaxId: number | null
  readonly body: string
  /** Before the data is loaded. */
  readonly minutesAgo: number
  readonly status: 'delivered' | 'read' | 'failed' | 'undelivered'
  /** The carrier's error number. */
  readonly errorCode: number | null
}

export interface SampleConversation {
  readonly id: string
  readonly tenantId: string
  readonly practiceId: string
  /** E.164 from the numbers reserved for fiction. */
  readonly patientPhone: string
  /** Everybody behind the number; nobody for one that is not known. */
  readonly patientIds: readonly string[]
  /** Whom it is about. */
  readonly patientId: string | null
  readonly status: 'active' | 'archived'
  readonly assignedSaxId: number | null
  /** How many of the last inbound messages nobody has read. */
  readonly unread: number
  readonly consent: 'subscribed' | 'opted_out' | 'held'
  /** Oldest first. */
  readonly messages: readonly SampleMessage[]
  readonly notes: readonly { readonly id: string; readonly authorSaxId: number; readonly body: string }[]
}

/** How many more conversations each practice has, behind the written ones of the seed practice. */
const MORE = [44, 18, 12, 20, 10]

/** 120 conversations, the same in every release; only when they were is counted back from the moment of loading. */
export const conversations: readonly SampleConversation[] = createConversations(seededRandom(20))

function createConversations(random: Random): readonly SampleConversation[] {
  const [harbor] = practices
  const ofHarbor = patientsOf(harbor.id)
  const written = harborTalks.map((talk, index) =>
    conversation(
      index + 1,
      harbor,
      talk,
      talk.behind.flatMap((place) => ofHarbor[place] ?? []),
    ),
  )
  const generated = practices.flatMap((practice, place) => {
    const talkative = patientsOf(practice.id).slice(place === 0 ? 24 : 0)
    const staff = people.filter((person) => person.practiceId === practice.id).map(({ saxId }) => saxId)
    return talkative.slice(0, MORE[place]).map((patient) => ({ practice, patient, talk: madeUp(random, staff) }))
  })
  return [
    ...written,
    ...generated.map(({ practice, patient, talk }, index) =>
      conversation(written.length + index + 1, practice, talk, [patient]),
    ),
  ]
}

/** Only those who have a number. */
function patientsOf(practiceId: string): readonly SamplePatient[] {
  return patients.filter((patient) => patient.practiceId === practiceId && patient.phone !== null)
}

/** An ordinary conversation of the last weeks, ended by an answer. */
function madeUp(random: Random, staff: readonly number[]): Talk {
  const [first, ...others] = staff
  if (first === undefined) throw new Error('a practice nobody works in')
  const author = random.pick([first, ...others])
  let ago = 120 + random.below(60 * 24 * 40)
  const lines = random.pick(dialogues).map(([who, body]): Line => {
    ago -= 2 + random.below(6)
    return { by: who === 'patient' ? null : author, body, ago }
  })
  return {
    behind: [],
    lines,
    ...(random.below(5) === 0 ? { archived: true } : {}),
    ...(random.below(3) === 0 ? {} : { assignedTo: author }),
  }
}

function conversation(
  number: number,
  practice: (typeof practices)[number],
  talk: Talk,
  behind: readonly SamplePatient[],
): SampleConversation {
  const [first, ...others] = behind
  return {
    id: `30000000-0000-4000-8000-${digits(number, 12)}`,
    tenantId: practice.tenantId,
    practiceId: practice.id,
    // Numbers above 0180 of an area code are nobody's in the sample.
    patientPhone: first?.phone ?? `+1857${'55501'}${digits(80 + number, 2)}`,
    patientIds: behind.map(({ id }) => id),
    patientId: others.length === 0 ? (first?.id ?? null) : null,
    status: talk.archived ? 'archived' : 'active',
    assignedSaxId: talk.assignedTo ?? null,
    unread: talk.unread ?? 0,
    consent: talk.consent ?? 'subscribed',
    messages: talk.lines.map(({ by, body, ago, status, error }, index) => ({
      id: `40000000-0000-4000-8000-${digits(number, 8)}${digits(index + 1, 4)}`,
      authorSaxId: by,
      body,
      minutesAgo: ago,
      status: status ?? 'delivered',
      errorCode: error ?? null,
    })),
    notes: (talk.notes ?? []).map(({ by, body }, index) => ({
      id: `60000000-0000-4000-8000-${digits(number, 8)}${digits(index + 1, 4)}`,
      authorSaxId: by,
      body,
    })),
  }
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0')
}
