import { changes, conversationList } from '@sax/api-contract'
import { beforeEach, expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { arrive } from '../../test/arrivals.ts'
import { sampleApi } from '../../test/sample-api.ts'

const start = Date.parse('2026-11-24T17:00:00Z')
let nowMs = start
const site = sampleApi({ epochMs: () => nowMs })
const conversation = '30000000-0000-4000-8000-000000000003'

async function begin(): Promise<string> {
  await site.db.settled()
  return conversationList.parse((await site.api.as(who.coordinator, '/conversations')).body).changesCursor
}

/** Asks for news and answers where to go on from, and what the log said of replies. */
async function poll(after: string, watchedMs?: number) {
  await site.db.settled()
  site.api.logs.length = 0
  const watched = watchedMs === undefined ? '' : `&watchedMs=${watchedMs}`
  const answer = await site.api.as(who.coordinator, `/changes?after=${after}${watched}`)
  const lines = site.api.logs.map((line) => JSON.parse(line)).filter((line) => 'replyVisibleMs' in line)
  return { cursor: answer.status === 200 ? changes.parse(answer.body).cursor : after, lines, status: answer.status }
}

const replies = (secondsAgo: number) => arrive(site.db, conversation, { at: new Date(nowMs - secondsAgo * 1_000) })

beforeEach(() => {
  nowMs = start
})

test('a reply is measured from when it came in to the answer that tells it to somebody who watches', async () => {
  const after = await begin()
  await replies(1.4)
  const { lines } = await poll(after, 60_000)
  // As the metric's filter reads it: a number at the top of a line. Nothing of the patient beside it.
  expect(lines).toEqual([
    {
      ...{ level: 'info', time: expect.any(String), service: 'outreach-api', message: 'reply told' },
      ...{ requestId: expect.any(String), replyVisibleMs: 1_400 },
    },
  ])
})

test('of several the one that has waited longest counts', async () => {
  const after = await begin()
  await replies(2.5)
  await replies(0.5)
  expect((await poll(after, 60_000)).lines).toMatchObject([{ replyVisibleMs: 2_500 }])
})

test.each<[why: string, secondsAgo: number, watchedMs: number | undefined]>([
  ['of a hidden or idle tab, or at its first question', 1, undefined],
  ['that came in before somebody looked', 5, 4_900],
  ['that came in while the page was away, by an old cursor', 3_600, 2_000],
])('a reply %s is told and not measured', async (_why, secondsAgo, watchedMs) => {
  const after = await begin()
  await replies(secondsAgo)
  const { lines, status } = await poll(after, watchedMs)
  expect([status, lines]).toEqual([200, []])
})

test('a reply that is told again because it changed is not measured again', async () => {
  const after = await begin()
  const id = await replies(1)
  const { cursor, lines } = await poll(after, 60_000)
  expect(lines).toHaveLength(1)
  await site.db.query("update app.messages set sentiment = 'negative' where id = $1", [id])
  nowMs += 30_000
  const again = await poll(cursor, 90_000)
  expect([again.status, again.lines]).toEqual([200, []])
})

test('what nobody was told for a while is measured in full', async () => {
  const after = await begin()
  await replies(1)
  nowMs += 8_000
  expect((await poll(after, 60_000)).lines).toMatchObject([{ replyVisibleMs: 9_000 }])
})

test('what we write ourselves is no reply', async () => {
  const after = await begin()
  const sent = await site.api.as(who.coordinator, `/conversations/${conversation}/messages`, {
    method: 'POST',
    body: { clientId: crypto.randomUUID(), body: 'Good morning', seenSeq: 1_000 },
  })
  expect(sent.status).toBe(201)
  const { lines, status } = await poll(after, 60_000)
  expect([status, lines]).toEqual([200, []])
})

test('nobody can have been watching for longer than ten minutes', async () => {
  expect((await poll(await begin(), 600_001)).status).toBe(400)
})
