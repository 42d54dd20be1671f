import { type Endpoint, type EndpointName, endpoints } from '@sax/api-contract'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Ask, who } from '../../test/api.ts'
import { addPicture, png } from '../../test/pictures.ts'
import { sampleApi } from '../../test/sample-api.ts'

const site = sampleApi()
beforeAll(async () => {
  for (const place of everywhere) {
    await addPicture(site.db, idOf.message(place), { id: idOf.media(place), storage: site.api.media })
  }
})

/** Places of the sample, one resource of each kind in each. Ids follow the order of its lists. */
const places = {
  harbor: { practice: '20', patient: 1, template: 1, conversation: 1 },
  brendan: { practice: '21', patient: 161, template: 11, conversation: 61 },
  lakeview: { practice: '22', patient: 231, template: 13, conversation: 79 },
  puget: { practice: '30', patient: 281, template: 19, conversation: 91 },
  mesa: { practice: '31', patient: 361, template: 22, conversation: 111 },
} as const
type Place = keyof typeof places

/** Who reaches which practice: the one of their token; administrators every one of their tenant. */
const reach: Readonly<Record<keyof typeof who, readonly Place[]>> = {
  coordinator: ['harbor'],
  otherCoordinator: ['harbor'],
  manager: ['harbor'],
  otherPracticesManager: ['brendan'],
  administrator: ['harbor', 'brendan', 'lakeview'],
  otherTenantsCoordinator: ['puget'],
  otherTenantsManager: ['puget'],
  otherTenantsAdministrator: ['puget', 'mesa'],
}

type Kind = 'patient' | 'template' | 'conversation' | 'message' | 'media'
const idOf: Readonly<Record<Kind, (place: Place) => string>> = {
  patient: (place) => id('1', places[place].patient),
  template: (place) => id('2', places[place].template),
  conversation: (place) => id('3', places[place].conversation),
  message: (place) => `40000000-0000-4000-8000-${String(places[place].conversation).padStart(8, '0')}0001`,
  media: (place) => id('6', places[place].conversation),
}
function id(first: string, number: number): string {
  return `${first}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

/** `of`: what `{id}` names. Without it the endpoint answers a list, or begins something in the asking person's practice. */
interface Question {
  readonly of?: Kind
  readonly body?: (place: Place) => object
  /** Refused to some of those who reach the resource: by their role, or by what others have done to it before. */
  readonly notAll?: true
  readonly query?: string
  /** Sent instead of a body. */
  readonly file?: Uint8Array
}

/** New conversations are with numbers that nobody has. */
let dialled = 2000

/** How each endpoint is asked. One that is added to the contract has to be added here, or this does not compile. */
const questions: Readonly<Record<EndpointName, Question>> = {
  listTemplates: { query: '?limit=200' },
  createTemplate: { body: () => ({ name: 'New', category: 'general', content: 'Hello', scope: 'private' }) },
  listFrequentTemplates: {},
  getTemplate: { of: 'template' },
  updateTemplate: { of: 'template', body: () => ({ version: 1, name: 'Changed' }), notAll: true },
  archiveTemplate: { of: 'template', notAll: true },
  renderTemplate: { of: 'template', body: () => ({}) },
  recordTemplateUsage: { of: 'template' },
  listTemplateCategories: {},
  listPatients: { query: '?limit=200' },
  getPatient: { of: 'patient' },
  getAccessReport: { of: 'patient', notAll: true },
  listConversations: { query: '?limit=200' },
  createConversation: { body: () => ({ phone: `+1781555${String(++dialled).padStart(4, '0')}` }) },
  checkDuplicateConversation: { body: () => ({ phone: '+16175550101' }) },
  getConversation: { of: 'conversation' },
  updateConversation: { of: 'conversation', body: () => ({ friendlyName: 'Changed' }) },
  assignConversation: { of: 'conversation', body: () => ({ saxId: null, expectedSaxId: null }), notAll: true },
  claimConversation: { of: 'conversation', notAll: true },
  releaseConversation: { of: 'conversation' },
  markConversationRead: { of: 'conversation', body: () => ({ seenSeq: 0 }) },
  markConversationUnread: { of: 'conversation' },
  setConversationPatients: { of: 'conversation', body: () => ({ patientIds: [], chosenId: null }) },
  setConversationConsent: { of: 'conversation', body: () => ({ state: 'opted_out', reason: 'Said so' }) },
  setPresence: { of: 'conversation', body: () => ({ state: 'looking' }) },
  createNote: { of: 'conversation', body: () => ({ body: 'Noted' }) },
  listMessages: { of: 'conversation' },
  sendMessage: {
    of: 'conversation',
    body: () => ({ clientId: crypto.randomUUID(), body: 'Hello', seenSeq: 999 }),
    notAll: true,
  },
  uploadMedia: { of: 'conversation', file: png },
  getMedia: { of: 'media' },
  getMessage: { of: 'message' },
  retryMessage: { of: 'message', notAll: true },
  cancelMessage: { of: 'message', notAll: true },
  sendMessageNow: { of: 'message', notAll: true },
  listChanges: { query: '?limit=500&after=0-0-' },
  listPractices: {},
  getHealth: {},
}

const everybody = Object.entries(who) as [keyof typeof who, (typeof who)[keyof typeof who]][]
const everywhere = Object.keys(places) as Place[]
const named = Object.entries(questions).filter(([, { of }]) => of !== undefined) as [EndpointName, Question][]
const lists = Object.entries(questions).filter(([, { of }]) => of === undefined) as [EndpointName, Question][]

async function ask(name: EndpointName, person: (typeof who)[keyof typeof who], place: Place) {
  const { of, body, file, query = '' } = questions[name]
  const { method, path }: Endpoint = endpoints[name]
  const url = path.replace('{id}', of ? idOf[of](place) : '') + (query.endsWith('-') ? query + Date.now() : query)
  const sent = file ? { body: file, headers: { 'content-type': 'image/png' } } : body ? { body: body(place) } : {}
  const request: Ask = { method, ...sent }
  return site.api.as(person, url, request)
}

/** Everything anybody could change, in every tenant, as one number. What was looked at is logged, and is no change. */
const fingerprint = async () =>
  (
    await site.db.query(`select md5(string_agg(one, '' order by one)) as sum from (
      select c::text from app.conversations c union all select m::text from app.messages m
      union all select n::text from app.notes n union all select t::text from app.templates t
      union all select u::text from app.template_usage u union all select p::text from app.presence p
      union all select l::text from app.consent_ledger l union all select o::text from app.outbox o
      union all select m::text from app.message_media m union all select u::text from app.uploads u
      union all select b::text from app.conversation_patients b union all select s::text from app.consent s
    ) everything(one)`)
  )[0]?.sum

describe('S6: no endpoint crosses practice or tenant', () => {
  // First all that has to be refused, so that nothing has changed by the time it is asked.
  test.each(named)('%s of a place out of reach is answered 404 to everybody, and changes nothing', async (name) => {
    const before = await fingerprint()
    for (const [role, person] of everybody) {
      for (const place of everywhere.filter((one) => !reach[role].includes(one))) {
        const { status, body } = await ask(name, person, place)
        expect([role, place, status, body.code]).toEqual([role, place, 404, 'NOT_FOUND'])
        // Nothing but the code, a sentence and the request's id.
        expect(Object.keys(body).toSorted()).toEqual(['code', 'message', 'requestId'])
      }
    }
    expect(await fingerprint()).toBe(before)
  })

  test.each(lists)('%s answers rows within reach only', async (name) => {
    for (const [role, person] of everybody) {
      const { status, text } = await ask(name, person, 'harbor')
      expect([200, 201]).toContain(status)
      const foreign = everywhere.filter((one) => !reach[role].includes(one))
      const own = name === 'listPractices' || name === 'getHealth'
      for (const place of own ? [] : foreign) {
        for (const kind of ['patient', 'template', 'conversation', 'message', 'media'] as const) {
          expect([role, place, text.includes(idOf[kind](place))]).toEqual([role, place, false])
        }
        if (!name.includes('Template')) {
          expect([role, place, text.includes(`0000-0000000000${places[place].practice}"`)]).toEqual([
            role,
            place,
            false,
          ])
        }
      }
    }
  })

  test.each(named)('%s within reach is answered to everybody who may', async (name, { notAll }) => {
    for (const [role, person] of everybody) {
      for (const place of reach[role]) {
        const { status } = await ask(name, person, place)
        const allowed = notAll ? [200, 201, 403, 409] : [200, 201]
        expect([role, place, allowed.includes(status)]).toEqual([role, place, true])
      }
    }
  })
})

test('every place has what is asked for, so that 404 means out of reach', async () => {
  for (const place of everywhere) {
    for (const [kind, table] of [
      ['patient', 'patients'],
      ['template', 'templates'],
      ['conversation', 'conversations'],
      ['message', 'messages'],
      [
        'media',
        'message_media picture join (select id as message_id, practice_id from app.messages) m using (message_id)',
      ],
    ] as const) {
      const [row] = await site.db.query(`select practice_id from app.${table} where id = $1`, [idOf[kind](place)])
      expect([place, kind, String(row?.practice_id).slice(-2)]).toEqual([place, kind, places[place].practice])
    }
  }
})
