import { describe, expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { arrive } from '../../test/arrivals.ts'
import { sampleApi } from '../../test/sample-api.ts'

let nowMs = Date.parse('2026-11-24T17:00:00Z')
const site = sampleApi({ epochMs: () => nowMs })
type Person = (typeof who)[keyof typeof who]

const conversation = (number: number) => `30000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const answer = (id: string) =>
  site.api.as(who.coordinator, `/conversations/${id}/messages`, {
    method: 'POST',
    body: { clientId: crypto.randomUUID(), body: 'Hello there', seenSeq: 100 },
  })

describe('reading', () => {
  const mark = (id: string, method: 'POST' | 'DELETE', seenSeq = 0) =>
    site.api.as(who.coordinator, `/conversations/${id}/read`, {
      method,
      ...(method === 'POST' ? { body: { seenSeq } } : {}),
    })

  test('what arrived after the newest seen message stays unread', async () => {
    const id = conversation(1)
    await arrive(site.db, id, { at: new Date(nowMs) })
    expect((await mark(id, 'POST', 3)).body.data.unreadCount).toBe(1)
    expect((await mark(id, 'POST', 4)).body.data.unreadCount).toBe(0)
    expect((await mark(id, 'DELETE')).body.data.unreadCount).toBe(1)
  })
})

describe('who answers', () => {
  const id = conversation(10)
  const act = (person: Person, what: string, method: string, body?: object) =>
    site.api.as(person, `/conversations/${id}/${what}`, { method, ...(body ? { body } : {}) })

  test('a claim keeps others from claiming until it is over, given back or answered', async () => {
    const mine = await act(who.coordinator, 'claim', 'POST')
    expect(mine.body.data.claim).toEqual({
      saxId: 1386,
      name: 'Dana Whitfield',
      until: new Date(nowMs + 300_000).toISOString(),
    })
    const theirs = await act(who.otherCoordinator, 'claim', 'POST')
    expect([theirs.status, theirs.body.details.current.claim.saxId]).toEqual([409, 1386])
    expect((await act(who.otherCoordinator, 'claim', 'DELETE')).body.data.claim.saxId).toBe(1386)
    nowMs += 300_000
    expect((await act(who.otherCoordinator, 'claim', 'POST')).body.data.claim.saxId).toBe(1387)
    expect((await act(who.otherCoordinator, 'claim', 'DELETE')).body.data.claim).toBeNull()
    await act(who.coordinator, 'claim', 'POST')
    await answer(id)
    expect((await site.api.as(who.manager, `/conversations/${id}`)).body.data.conversation.claim).toBeNull()
  })

  test('it is given to a colleague with a word, and not taken from somebody else unseen', async () => {
    const given = await act(who.coordinator, 'assign', 'POST', {
      saxId: 1386,
      expectedSaxId: 1387,
      note: 'I know the family',
    })
    expect(given.body.data).toMatchObject({ coordinatorSaxId: 1386, coordinatorName: 'Dana Whitfield' })
    const unseen = await act(who.manager, 'assign', 'POST', { saxId: 1388, expectedSaxId: 1387 })
    expect([unseen.status, unseen.body.details.current.coordinatorSaxId]).toEqual([409, 1386])
    const screen = await site.api.as(who.coordinator, `/conversations/${id}`)
    expect(screen.body.data.notes.map(({ body }: { body: string }) => body)).toEqual(['I know the family'])
    const stranger = await act(who.coordinator, 'assign', 'POST', { saxId: 1390, expectedSaxId: 1386 })
    expect(stranger.body.details.fields).toEqual({ saxId: 'This person does not work in the practice' })
    expect(
      (await act(who.coordinator, 'assign', 'POST', { saxId: null, expectedSaxId: 1386 })).body.data,
    ).toMatchObject({ coordinatorSaxId: null })
  })

  test('others see who looks and who types, until it is over', async () => {
    const present = (person: Person, state: string) => act(person, 'presence', 'POST', { state })
    expect((await present(who.coordinator, 'typing')).body.data).toEqual([])
    const seen = (await present(who.manager, 'looking')).body.data
    expect(seen).toMatchObject([{ saxId: 1386, name: 'Dana Whitfield', state: 'typing' }])
    await answer(id)
    expect((await present(who.manager, 'looking')).body.data).toMatchObject([{ saxId: 1386, state: 'looking' }])
    nowMs += 9_000
    expect((await present(who.otherCoordinator, 'looking')).body.data).toMatchObject([{ saxId: 1388 }])
    await present(who.manager, 'gone')
    expect((await present(who.otherCoordinator, 'looking')).body.data).toEqual([])
  })
})

test('archived, restored and renamed; a message brings it back', async () => {
  const id = conversation(14)
  const change = async (body: object) =>
    (await site.api.as(who.coordinator, `/conversations/${id}`, { method: 'PATCH', body })).body.data
  expect((await change({ status: 'archived' })).status).toBe('archived')
  expect((await change({ friendlyName: "O'Brien <b>&" })).friendlyName).toBe("O'Brien <b>&")
  expect((await change({ friendlyName: null })).friendlyName).not.toBe("O'Brien <b>&")
  expect((await change({ status: 'active' })).status).toBe('active')
  await change({ status: 'archived' })
  await answer(id)
  expect((await change({})).status).toBe('active')
})

test('a note is written once under its key, and never sent', async () => {
  const id = conversation(13)
  const write = () =>
    site.api.as(who.coordinator, `/conversations/${id}/notes`, {
      method: 'POST',
      body: { body: 'Prefers mornings' },
      headers: { 'idempotency-key': 'note-1' },
    })
  const [first, again] = [await write(), await write()]
  expect([first.status, again.body]).toEqual([201, first.body])
  expect(first.body.data).toMatchObject({ authorName: 'Dana Whitfield', body: 'Prefers mornings' })
  expect(await site.db.query('select 1 from app.messages where body = $1', ['Prefers mornings'])).toEqual([])
})
