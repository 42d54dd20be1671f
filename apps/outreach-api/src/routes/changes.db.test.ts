import { changes, conversationList, conversationScreen } from '@sax/api-contract'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { arrive } from '../../test/arrivals.ts'
import { sampleApi } from '../../test/sample-api.ts'

const start = Date.parse('2026-11-24T17:00:00Z')
let nowMs = start
const site = sampleApi({ epochMs: () => nowMs })
type Person = (typeof who)[keyof typeof who]

const conversation = (number: number) => `30000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const poll = (after: string, person: Person = who.coordinator, limit = 200) =>
  site.api.as(person, `/changes?after=${after}&limit=${limit}`)
const begin = async (person: Person = who.coordinator) => {
  await site.db.settled()
  return conversationList.parse((await site.api.as(person, '/conversations')).body).changesCursor
}
const news = async (after: string, person: Person = who.coordinator) => {
  await site.db.settled()
  return changes.parse((await poll(after, person)).body)
}

const open: pg.Client[] = []
async function connection(): Promise<pg.Client> {
  const client = new pg.Client(site.db.adminUrl)
  await client.connect()
  open.push(client)
  return client
}
afterEach(async () => {
  nowMs = start
  await Promise.all(open.splice(0).map((client) => client.end()))
})

test('A7: a reply is in the next answer, whole, and then no more', async () => {
  const after = await begin()
  expect((await poll(after)).status).toBe(204)
  const id = await arrive(site.db, conversation(3), { body: 'Never mind', at: new Date(nowMs) })
  const { data, cursor, hasMore } = await news(after)
  expect(data.messages.map((one) => [one.id, one.body])).toEqual([[id, 'Never mind']])
  expect(data.conversations).toMatchObject([{ id: conversation(3), lastMessagePreview: 'Never mind', unreadCount: 2 }])
  expect(hasMore).toBe(false)
  const empty = await poll(cursor)
  expect([empty.status, empty.text]).toEqual([204, ''])
})

test('news that cannot be recorded is not told, and is told when it can be', async () => {
  const after = await begin()
  await arrive(site.db, conversation(3), { body: 'For the record', at: new Date(nowMs) })
  await site.db.settled()
  await site.db.query('alter table app.audit_log rename to elsewhere')
  const refused = await poll(after)
  await site.db.query('alter table app.elsewhere rename to audit_log')
  expect([refused.status, refused.text.includes('For the record')]).toEqual([500, false])
  expect((await news(after)).data.messages.map(({ body }) => body)).toEqual(['For the record'])
  const [seen] = await site.db.query(
    `select sax_id, conversation_ids, patient_ids from app.audit_log where action = 'conversations.news'
     order by at desc limit 1`,
  )
  expect(seen).toMatchObject({ sax_id: String(who.coordinator.saxId), conversation_ids: [conversation(3)] })
  const linked = await site.db.query('select patient_id from app.conversation_patients where conversation_id = $1', [
    conversation(3),
  ])
  expect(linked.length).toBeGreaterThan(0)
  expect(new Set(seen?.patient_ids as string[])).toEqual(new Set(linked.map((row) => row.patient_id)))
})

test('notes, company, links and consent are news; what the asking person does in company is not', async () => {
  const after = await begin()
  const act = (person: Person, what: string, method: string, body: object) =>
    site.api.as(person, `/conversations/${conversation(3)}/${what}`, { method, body })
  await act(who.coordinator, 'notes', 'POST', { body: 'Knows the way' })
  await act(who.manager, 'presence', 'POST', { state: 'typing' })
  await act(who.coordinator, 'presence', 'POST', { state: 'looking' })
  await act(who.coordinator, 'consent', 'POST', { state: 'opted_out', reason: 'Said so on the telephone' })
  const { data } = await news(after)
  expect(data.notes.map(({ body }) => body)).toEqual(['Knows the way'])
  expect(data.presence).toMatchObject([{ saxId: 1388, name: 'Marcus Bell', state: 'typing' }])
  expect(data.conversations).toMatchObject([{ id: conversation(3), optedOut: true }])
})

test('many changes come in pages, each row once, as it is at the end', async () => {
  const after = await begin()
  for (let index = 0; index < 7; index += 1) {
    await arrive(site.db, conversation(5), { body: `Number ${index}`, at: new Date(nowMs) })
  }
  await site.db.settled()
  const bodies: string[] = []
  const previews: string[] = []
  for (let cursor = after, more = true; more; ) {
    const page = changes.parse((await poll(cursor, who.coordinator, 3)).body)
    bodies.push(...page.data.messages.map(({ body }) => body))
    previews.push(...page.data.conversations.map(({ lastMessagePreview }) => lastMessagePreview))
    cursor = page.cursor
    more = page.hasMore
  }
  expect(bodies).toEqual(Array.from({ length: 7 }, (_, index) => `Number ${index}`))
  expect(previews).toEqual(['Number 6'])
})

describe('A7: nothing is lost to the order of commits', () => {
  const touch = (number: number) =>
    `update app.conversations set unread_count = unread_count + 1 where id = '${conversation(number)}'`
  const seen = async (cursor: string) => {
    const { status, body } = await poll(cursor)
    if (status === 204) return { ids: [], cursor }
    const page = changes.parse(body)
    return { ids: page.data.conversations.map(({ id }) => Number(id.slice(-3))), cursor: page.cursor }
  }

  test('what a transaction that is still under way wrote comes before what was committed meanwhile', async () => {
    const [slow, quick] = [await connection(), await connection()]
    const after = await begin()
    await slow.query('begin')
    await slow.query(touch(8))
    await quick.query(touch(9))
    expect((await seen(after)).ids).toEqual([])
    await slow.query('commit')
    await site.db.settled()
    expect((await seen(after)).ids).toEqual([8, 9])
  })

  test('a later transaction that took the lower number is not skipped', async () => {
    const [early, late] = [await connection(), await connection()]
    const after = await begin()
    await early.query('begin; select pg_current_xact_id()')
    await late.query('begin')
    await late.query(touch(10)) // the later transaction, the lower number
    await early.query(touch(11)) // the earlier transaction, the higher number
    await early.query('commit')
    await expect.poll(async () => (await seen(after)).ids).toEqual([11])
    const first = await seen(after)
    await late.query('commit')
    await site.db.settled()
    expect((await seen(first.cursor)).ids).toEqual([10])
  })

  test('what is stored while a screen is being read is told after it', async () => {
    const writing = await connection()
    await writing.query('begin')
    await writing.query(touch(13))
    const { body } = await site.api.as(who.coordinator, `/conversations/${conversation(13)}`)
    await writing.query('commit')
    await site.db.settled()
    expect((await seen(conversationScreen.parse(body).data.changesCursor)).ids).toContain(13)
  })

  test('an idle reader, or one that holds a number, delays nothing', async () => {
    const holding = await connection()
    await holding.query(`begin; select set_config('app.tenant_id', '${who.coordinator.tenantId}', true);
      select app.hold_phone_shared('+16175550101')`)
    const after = await begin()
    await site.db.query(touch(2))
    await site.db.settled()
    expect((await seen(after)).ids).toEqual([2])
  })

  test('random writers and a reader in between: everything arrives, and once it is at rest nothing more', async () => {
    const writers = await Promise.all(Array.from({ length: 4 }, connection))
    let cursor = await begin()
    const arrived = new Set<number>()
    const look = async () => {
      const found = await seen(cursor)
      cursor = found.cursor
      for (const id of found.ids) arrived.add(id)
    }
    await Promise.all(
      writers.map(async (writer, index) => {
        for (let round = 0; round < 12; round += 1) {
          await writer.query('begin')
          await writer.query(touch(20 + index * 10 + (round % 10)))
          await look()
          await writer.query(round % 5 === 4 ? 'rollback' : 'commit')
        }
      }),
    )
    await site.db.settled()
    await look()
    // Each writer touched ten conversations in twelve rounds; of those undone only the fourth was not touched again.
    const expected = [0, 1, 2, 3].flatMap((index) => [0, 1, 2, 3, 5, 6, 7, 8].map((place) => 20 + index * 10 + place))
    for (const number of expected) expect(arrived).toContain(number)
    expect((await seen(cursor)).ids).toEqual([])
  })
})

describe('cursors', () => {
  test('a cursor is good for a day, then the page is to be loaded again', async () => {
    const after = await begin()
    nowMs = start + 86_400_000
    expect((await poll(after)).status).toBe(204)
    nowMs += 1
    const { status, body } = await poll(after)
    expect([status, body.code]).toEqual([410, 'CURSOR_EXPIRED'])
  })

  test('a cursor of a transaction the database has never given out is an old one too: it was restored', async () => {
    const { status, body } = await poll(`999999999-1-${start}`)
    expect([status, body.code]).toEqual([410, 'CURSOR_EXPIRED'])
  })

  test.each(['', 'x', '1-2', '1-2-3-4', '-1-2-3', '99999999999999999999-1-1', '1-9999999999999999999-1', "1';--"])(
    '%j is no cursor',
    async (after) => {
      expect((await poll(encodeURIComponent(after))).status).toBe(400)
    },
  )
})

test('S6: news reach those whose practice it is, and nobody else', async () => {
  const people = Object.values(who)
  const before = await Promise.all(people.map(begin))
  await arrive(site.db, conversation(16), { at: new Date(nowMs) })
  await site.db.settled()
  const told = await Promise.all(
    people.map(async (person, index) => (await poll(before[index] ?? '', person)).status === 200),
  )
  expect(Object.keys(who).filter((_, index) => told[index])).toEqual([
    'coordinator',
    'otherCoordinator',
    'manager',
    'administrator',
  ])
})
