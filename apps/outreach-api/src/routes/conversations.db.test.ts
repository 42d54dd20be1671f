import {
  type Conversation,
  conversationFilter,
  conversationList,
  conversationScreen,
  duplicateOne,
} from '@sax/api-contract'
import { describe, expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'

const noon = Date.parse('2026-11-24T17:00:00Z')
const site = sampleApi({ epochMs: () => noon })
type Person = (typeof who)[keyof typeof who]

const ask = async (person: Person, query: Record<string, string> = {}) =>
  conversationList.parse((await site.api.as(person, `/conversations?${new URLSearchParams(query)}`)).body)

async function all(person: Person, query: Record<string, string>): Promise<Conversation[]> {
  const seen: Conversation[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await ask(person, { ...query, limit: '7', ...(cursor === '' ? {} : { cursor }) })
    seen.push(...page.data)
    cursor = page.pagination.nextCursor
    expect(page.pagination.hasMore).toBe(cursor !== null)
  }
  return seen
}
const number = ({ id }: { readonly id: string }) => Number(id.slice(-3))

describe('A13: filters are applied before pages are cut', () => {
  test.each(
    conversationFilter.options.flatMap((filter) =>
      (['newest', 'waiting'] as const).flatMap((sort) => [[filter, sort, ''] as const, [filter, sort, 'the'] as const]),
    ),
  )('%s, %s first, searching "%s": as many rows as counted, each once', async (filter, sort, search) => {
    for (const person of [who.coordinator, who.administrator, who.otherTenantsManager]) {
      const { counts, pagination } = await ask(person, { filter, sort, search, limit: '1' })
      const rows = await all(person, { filter, sort, search })
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      expect([rows.length, pagination.total]).toEqual([counts[filter], counts[filter]])
    }
  })

  test('the counts of the seed practice are those counted by hand', async () => {
    const { counts } = await ask(who.coordinator)
    expect([counts.unread, counts.at_risk, counts.unknown]).toEqual([9, 5, 2])
    expect(counts.all + counts.archived).toBe(60)
    expect(counts.mine + counts.unassigned).toBeLessThan(counts.all)
  })

  test.each(conversationFilter.options)('%s shows what it says', async (filter) => {
    const holds: Record<string, (one: Conversation) => boolean> = {
      all: ({ status }) => status === 'active',
      unread: ({ unreadCount }) => unreadCount > 0,
      at_risk: ({ slaStatus }) => slaStatus !== 'ok',
      mine: ({ coordinatorSaxId }) => coordinatorSaxId === 1386,
      unassigned: ({ coordinatorSaxId }) => coordinatorSaxId === null,
      not_sent: ({ unsent }) => unsent,
      unknown: ({ patients }) => patients.length === 0,
      archived: ({ status }) => status === 'archived',
    }
    await site.db.query(
      `update app.outbox set state = 'dead' where message_id = (
      select m.id from app.messages m join app.conversations c on c.id = m.conversation_id
      where c.practice_id = $1 and c.status = 'active' and m.direction = 'outbound' order by m.id limit 1)`,
      [who.coordinator.practiceId],
    )
    const rows = await all(who.coordinator, { filter })
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter((one) => !holds[filter]?.(one))).toEqual([])
    const others = (await all(who.coordinator, { filter: filter === 'archived' ? 'all' : 'archived' })).map(number)
    expect(rows.filter((one) => others.includes(number(one)))).toEqual([])
  })
})

test('the longest waiting come first, and behind them the newest', async () => {
  const rows = await all(who.coordinator, { sort: 'waiting' })
  expect(rows.slice(0, 9).map(number)).toEqual([1, 11, 4, 7, 2, 15, 8, 3, 12])
  const rest = rows.slice(9)
  expect(rest.every(({ waitingSince }) => waitingSince === null)).toBe(true)
  const times = rest.map(({ lastMessageAt }) => lastMessageAt ?? '')
  expect(times).toEqual([...times].sort().reverse())
})

test('the newest come first', async () => {
  const times = (await all(who.coordinator, { sort: 'newest' })).map(({ lastMessageAt }) => lastMessageAt ?? '')
  expect(times).toEqual([...times].sort().reverse())
})

test.each([
  ['obrien', [1]],
  ['jose nunez', [2]],
  ['李', [4]],
  ['(617) 555-0104', [4]],
  ['617.555.0104', [4]],
  ['555-0191', [11]],
  ['vinegar', [14]],
  ['VINEGAR water', [14]],
  ['wakes my husband', [1]],
  ['переnести', []],
  ['перенести', [15]],
  ['vinegar obrien', []],
  ['%', []],
  ['<b>bold</b>', [16]],
])('searching %j finds %j', async (search, expected) => {
  expect((await all(who.coordinator, { search })).map(number)).toEqual(expected)
})

test('two letters are looked for in names and numbers, not in every message', async () => {
  expect((await all(who.coordinator, { search: 'wa' })).map(number)).not.toContain(1)
})

test.each([
  'limit=0',
  'filter=mine2',
  'sort=oldest',
  'cursor=x',
  'cursor=w.1.2',
  `cursor=n.99999999999999999.${crypto.randomUUID()}`,
])('the question %s is refused', async (query) => {
  expect((await site.api.as(who.coordinator, `/conversations?${query}`)).status).toBe(400)
})

describe('S6: one practice alone', () => {
  const harbor = '00000000-0000-0000-0000-000000000020'
  const brendan = '00000000-0000-0000-0000-000000000021'
  const puget = '00000000-0000-0000-0000-000000000030'
  const nobodys = '00000000-0000-0000-0000-0000000000ff'

  test.each<[who: keyof typeof who, what: string, practiceId: string]>([
    ['coordinator', 'another practice of the tenant', brendan],
    ['coordinator', "another tenant's", puget],
    ['otherPracticesManager', 'another practice of the tenant', harbor],
    ['administrator', "another tenant's", puget],
    ['administrator', "nobody's", nobodys],
  ])('%s is refused %s as anything out of reach is', async (person, _what, practiceId) => {
    for (const more of ['', '&search=vinegar', '&filter=archived']) {
      const { status, body } = await site.api.as(who[person], `/conversations?practiceId=${practiceId}${more}`)
      expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
      expect(Object.keys(body).toSorted()).toEqual(['code', 'message', 'requestId'])
    }
  })

  test.each(conversationFilter.options)(
    '%s has the rows that it counts, and each says its practice',
    async (filter) => {
      for (const [person, practiceId, name] of [
        [who.administrator, brendan, "St. Brendan's Sleep Clinic"],
        [who.administrator, harbor.toUpperCase(), 'Harbor Sleep Center'],
        [who.coordinator, harbor, 'Harbor Sleep Center'],
      ] as const) {
        const { counts, pagination } = await ask(person, { filter, practiceId, limit: '1' })
        const rows = await all(person, { filter, practiceId })
        expect([rows.length, pagination.total]).toEqual([counts[filter], counts[filter]])
        expect(new Set(rows.map((row) => row.practiceName))).toEqual(new Set(rows.length === 0 ? [] : [name]))
      }
    },
  )

  test('the practices together have what the whole tenant has', async () => {
    const { counts, practices = [] } = await ask(who.administrator)
    const each = await Promise.all(practices.map(({ id }) => ask(who.administrator, { practiceId: id })))
    expect(each.reduce((sum, one) => sum + one.counts.all, 0)).toBe(counts.all)
    expect(each.every((one) => one.counts.all < counts.all)).toBe(true)
  })

  test('whoever reaches the whole tenant is told of its practices, on the first page; others of none', async () => {
    const first = await ask(who.administrator, { limit: '1' })
    expect(first.practices?.map(({ name }) => name)).toEqual([
      'Harbor Sleep Center',
      'Lakeview Respiratory & Sleep',
      "St. Brendan's Sleep Clinic",
    ])
    const next = await ask(who.administrator, { limit: '1', cursor: first.pagination.nextCursor ?? '' })
    expect(next.practices).toBeUndefined()
    for (const person of [who.coordinator, who.manager]) expect((await ask(person)).practices).toBeUndefined()
  })
})

test('A16: a conversation opens with everything its screen shows', async () => {
  const { body } = await site.api.as(who.coordinator, '/conversations/30000000-0000-4000-8000-000000000001')
  const screen = conversationScreen.parse(body).data
  expect(screen.conversation).toMatchObject({
    friendlyName: "Maeve O'Brien",
    slaStatus: 'breached',
    waitingSince: '2026-11-24T16:34:00.000Z',
    slaDueAt: '2026-11-24T16:44:00.000Z',
    unreadCount: 2,
    coordinatorName: 'Dana Whitfield',
  })
  expect(screen.messages.map(({ seq, direction }) => [seq, direction])).toEqual([
    [1, 'outbound'],
    [2, 'inbound'],
    [3, 'inbound'],
  ])
  expect(screen.notes).toHaveLength(1)
  expect(screen.colleagues.map(({ name }) => name)).toEqual([
    'Dana Whitfield',
    'Marcus Bell',
    'Ruth Abramson',
    "Siobhán O'Connor",
  ])
  expect(screen.quietHours).toEqual({
    timeZone: 'America/New_York',
    quietNow: false,
    changesAt: '2026-11-25T02:00:00.000Z',
  })
})

describe('beginning a conversation', () => {
  const create = (body: object, person: Person = who.coordinator) =>
    site.api.as(person, '/conversations', { method: 'POST', body })

  test.each(['(781) 555-0150', '+1 781 555 0151', '7815550152'])('a number written %s is understood', async (phone) => {
    const { status, body } = await create({ phone })
    expect(status).toBe(201)
    expect(body.data.patientPhone).toBe(`+1781555015${phone.at(-1)}`)
  })

  test.each(['555-0101', 'none', '+1 617 555 010', '00'])('%s is no telephone number', async (phone) => {
    const { status, body } = await create({ phone })
    expect([status, body.code]).toEqual([400, 'INVALID_PHONE_FORMAT'])
  })

  test.each(['1-900-555-0123', '+44 909 879 0000'])(
    '%s, which charges whoever texts it, is nobody’s',
    async (phone) => {
      const { status, body } = await create({ phone })
      expect([status, body.code]).toEqual([400, 'INVALID_PHONE_FORMAT'])
    },
  )

  test.each(['/conversations', '/conversations/check-duplicate'])(
    'a number one texts from is no patient’s, by %s',
    async (path) => {
      const [{ phone }] = (await site.db.query(
        "select phone from app.senders where tenant_id = '00000000-0000-0000-0000-000000000001' limit 1",
      )) as [{ phone: string }]
      const { status, body } = await site.api.as(who.coordinator, path, { method: 'POST', body: { phone } })
      expect([status, body.code]).toEqual([400, 'INVALID_PHONE_FORMAT'])
      expect(body.message).toBe('Texts are sent from this number. Write the number of a patient.')
      const made = await site.db.query('select from app.conversations where patient_phone = $1', [phone])
      expect(made).toHaveLength(0)
    },
  )

  test('neither number nor patient, or a patient without number, is told so', async () => {
    expect((await create({})).body.details.fields).toEqual({ phone: 'Give a number or a patient' })
    const [{ id }] = (await site.db.query(
      "select id from app.patients where phone is null and practice_id = '00000000-0000-0000-0000-000000000020' limit 1",
    )) as [{ id: string }]
    expect((await create({ patientId: id })).body.details.fields).toEqual({
      phone: 'This patient has no number on file',
    })
  })

  test('A10: the chosen patient is linked and meant, and the greeting can use the name', async () => {
    const patientId = '10000000-0000-4000-8000-000000000100'
    const { status, body } = await create({ patientId })
    expect(status).toBe(201)
    expect(body.data.patientId).toBe(patientId)
    expect(body.data.patients.map(({ id }: { id: string }) => id)).toEqual([patientId])
  })

  test('a second conversation with a number is refused, and the first one named', async () => {
    const { status, body } = await create({ phone: '(617) 555-0101' })
    expect([status, body.code]).toEqual([409, 'CONVERSATION_EXISTS'])
    expect(body.details).toEqual({ conversationId: '30000000-0000-4000-8000-000000000001' })
  })

  test('of ten that begin one at once one does, and the others are led to it', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create({ phone: '(781) 555-0160' })))
    const made = answers.filter(({ status }) => status === 201)
    expect(made).toHaveLength(1)
    const led = answers.filter(({ status }) => status === 409).map(({ body }) => body.details.conversationId)
    expect(new Set(led)).toEqual(new Set([made[0]?.body.data.id]))
    expect(led).toHaveLength(9)
  })

  test('two patients with one number are both known, and none of them is meant until one is chosen', async () => {
    await site.db.query("update app.patients set phone = '+17815550170' where id in ($1, $2)", [
      '10000000-0000-4000-8000-000000000110',
      '10000000-0000-4000-8000-000000000111',
    ])
    const { body } = await create({ phone: '+17815550170' })
    expect([body.data.patientId, body.data.patients.length]).toEqual([null, 2])
    const path = `/conversations/${body.data.id}/patient`
    const patientIds = ['10000000-0000-4000-8000-000000000111']
    const set = (change: object) => site.api.as(who.coordinator, path, { method: 'PATCH', body: change })
    expect((await set({ patientIds, chosenId: patientIds[0] })).body.data).toMatchObject({
      patientId: patientIds[0],
      patients: [{ id: patientIds[0] }],
    })
    expect((await set({ patientIds, chosenId: '10000000-0000-4000-8000-000000000110' })).status).toBe(400)
    const ofAnotherPractice = '10000000-0000-4000-8000-000000000161'
    expect((await set({ patientIds: [ofAnotherPractice], chosenId: null })).status).toBe(404)
    expect((await set({ patientIds: [], chosenId: null })).body.data.patients).toEqual([])
  })

  test('with a first message it is stored in the same breath, or nothing is', async () => {
    const firstMessage = { clientId: crypto.randomUUID(), body: 'Hello {{firstName}}' }
    const refused = await create({ phone: '(781) 555-0161', firstMessage })
    expect([refused.status, refused.body.code, refused.body.details]).toEqual([
      400,
      'MISSING_VARIABLES',
      { variables: ['firstName'] },
    ])
    const { status, body } = await create({
      phone: '(781) 555-0161',
      firstMessage: { ...firstMessage, body: 'Hello Kim' },
    })
    expect([status, body.data.lastMessageSeq, body.data.lastMessagePreview]).toEqual([201, 1, 'Hello Kim'])
  })

  test.each([
    ['+16175550101', '30000000-0000-4000-8000-000000000001', 1, 'subscribed'],
    ['617-555-0106', '30000000-0000-4000-8000-000000000006', 1, 'opted_out'],
    ['(781) 555-0199', null, 0, 'subscribed'],
  ])('what is known of %s', async (phone, conversationId, patients, consent) => {
    const path = '/conversations/check-duplicate'
    const { body } = await site.api.as(who.coordinator, path, { method: 'POST', body: { phone } })
    expect([body.data.conversationId, body.data.patients.length, body.data.consent]).toEqual([
      conversationId,
      patients,
      consent,
    ])
  })

  test('quiet hours are told before the first message: of the patient who is meant, else of the practice', async () => {
    await site.db.query("update app.patients set time_zone = 'Pacific/Honolulu' where id = $1", [
      '10000000-0000-4000-8000-000000000100',
    ])
    const zoneOf = async (body: object) => {
      const path = '/conversations/check-duplicate'
      const { body: answer } = await site.api.as(who.coordinator, path, { method: 'POST', body })
      return duplicateOne.parse(answer).data.quietHours.timeZone
    }
    const phone = '(781) 555-0199'
    expect(await zoneOf({ phone })).toBe('America/New_York')
    expect(await zoneOf({ phone, patientId: '10000000-0000-4000-8000-000000000100' })).toBe('Pacific/Honolulu')
  })

  test('S6: nobody asks by the clock of a patient of another practice', async () => {
    const body = { phone: '(781) 555-0199', patientId: '10000000-0000-4000-8000-000000000161' }
    const answer = await site.api.as(who.coordinator, '/conversations/check-duplicate', { method: 'POST', body })
    expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND'])
  })
})
