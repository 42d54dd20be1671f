import { setTimeout as after } from 'node:timers/promises'
import { outreach } from '@sax/topology'
import { Pool } from 'undici'
import { z } from 'zod'
import { percentile } from '../latency.ts'
import { kilobytesOf } from '../memory.ts'
import { SIZE } from './data-set.ts'
import { type Growth, growthOf } from './growth.ts'
import { inboundWebhook } from './inbound-webhook.ts'
import { numberOf } from './practice-numbers.ts'
import { coordinator, type Person } from './staff.ts'
import { ACCOUNT_SID, type Stand } from './stand.ts'
import type { Step } from './step.ts'

export interface Load {
  readonly coordinators: number
  readonly textsPerSec: number
  /** From an answer to the next question. */
  readonly pollEveryMs: number
}

export const LOAD: Load = { coordinators: 500, textsPerSec: 200, pollEveryMs: 2_000 }

/** From how many of a tenant's practices its coordinators come: all, and more from the larger. */
const PLACES = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3]
const SAMPLE_EVERY_MS = 2_000
/** What was sent last is still waited for so long. */
const LAST_CHANCE_MS = 10_000
/** One of so many texts comes from a number that nobody knows. */
const STRANGER_EVERY = 20
const REQUEST_TIMEOUT_MS = 10_000

export interface Times {
  readonly times: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

export interface LoadResult {
  readonly seconds: number
  readonly texts: Times
  readonly polls: Times
  /** From the sending of a text until it was in an answer to a coordinator, for each who was to see it. */
  readonly visible: Times
  /** What went wrong, and how often. */
  readonly errors: Readonly<Record<string, number>>
  /** Texts that were accepted, and that some coordinator of the practice was never told of. */
  readonly unseen: number
  /** Of the backend. */
  readonly memory: Growth
}

/**
 * Coordinators ask for news as their screens do, each two seconds after the last answer, while the carrier brings texts
 * at a steady rate whether or not earlier ones have been answered.
 */
export async function measureLoad(stand: Stand, seconds: number, step: Step, load: Load = LOAD): Promise<LoadResult> {
  // As many connections as a front of web functions would hold; who finds none free waits, and that is counted.
  const pool = new Pool(stand.url, {
    connections: 64,
    headersTimeout: REQUEST_TIMEOUT_MS,
    bodyTimeout: REQUEST_TIMEOUT_MS,
  })
  const run = createRun(pool, stand, load)
  try {
    await step(`${load.coordinators} coordinators open their inboxes`, () => run.begin())
    await step(`${load.textsPerSec} texts a second for ${seconds} s`, () => run.load(seconds))
    return run.result(seconds)
  } finally {
    run.stop()
    await pool.destroy()
  }
}

interface Seat {
  readonly person: Person
  cursor: string
}

function createRun(pool: Pool, stand: Stand, wanted: Load) {
  const seats: Seat[] = []
  const phones = new Map<string, string[]>()
  const watchers = new Map<string, number>()
  /** When each text was sent, and how many coordinators are still to see it. */
  const sent = new Map<string, { readonly atMs: number; left: number }>()
  const took = { texts: [] as number[], polls: [] as number[], visible: [] as number[] }
  const errors: Record<string, number> = {}
  const kilobytes: number[] = []
  let stopped = false

  const failed = (what: string) => {
    errors[what] = (errors[what] ?? 0) + 1
  }

  const begin = async () => {
    const { userContextSecret } = stand.secrets
    for (let i = 0; i < wanted.coordinators; i += 1) {
      const place = Math.floor(i / SIZE.tenants) % PLACES.length
      const practice = PLACES[place] ?? 0
      const k = PLACES.slice(0, place).filter((other) => other === practice).length
      const person = await coordinator(userContextSecret, (i % SIZE.tenants) + 1, practice, k)
      const { practiceId } = person.context
      const answer = await pool.request({
        method: 'GET',
        path: `${outreach.basePath}/conversations?limit=50`,
        headers: person.headers,
      })
      const { data, changesCursor } = listed.parse(await answer.body.json())
      phones.set(
        practiceId,
        data.map(({ patientPhone }) => patientPhone),
      )
      watchers.set(practiceId, (watchers.get(practiceId) ?? 0) + 1)
      seats.push({ person, cursor: changesCursor })
    }
  }

  const text = async (n: number) => {
    const { practiceId } = seats[(n * 7) % seats.length]?.person.context ?? { practiceId: '' }
    const known = phones.get(practiceId) ?? []
    const from = n % STRANGER_EVERY === 0 ? `+1917${String(2_000_000 + n)}` : known[n % known.length]
    if (from === undefined) throw new Error('a practice without conversations')
    const mark = `no. ${n}.`
    const signer = { url: stand.url, accountSid: ACCOUNT_SID, authToken: stand.secrets.carrierAuthToken }
    const webhook = inboundWebhook(signer, { from, to: numberOf(practiceId), body: `I have the number now, ${mark}` })
    const atMs = performance.now()
    sent.set(mark, { atMs, left: watchers.get(practiceId) ?? 0 })
    try {
      const { statusCode, body } = await pool.request(webhook)
      await body.dump()
      took.texts.push(performance.now() - atMs)
      if (statusCode !== 200) {
        sent.delete(mark)
        failed(`a text was answered ${statusCode}`)
      }
    } catch {
      sent.delete(mark)
      failed('a text was not answered')
    }
  }

  const poll = async (seat: Seat): Promise<boolean> => {
    const startedMs = performance.now()
    try {
      const { statusCode, body } = await pool.request({
        method: 'GET',
        path: `${outreach.basePath}/changes?after=${seat.cursor}`,
        headers: seat.person.headers,
      })
      const answer = await body.text()
      const nowMs = performance.now()
      took.polls.push(nowMs - startedMs)
      if (statusCode === 204) return false
      if (statusCode !== 200) {
        failed(`news was answered ${statusCode}`)
        return false
      }
      const { data, cursor, hasMore } = news.parse(JSON.parse(answer))
      seat.cursor = cursor
      for (const { body: words } of data.messages) {
        const text = sent.get(/no\. \d+\.$/.exec(words)?.[0] ?? '')
        if (text === undefined) continue
        took.visible.push(nowMs - text.atMs)
        text.left -= 1
      }
      return hasMore
    } catch {
      failed('news was not answered')
      return false
    }
  }

  const watch = async (seat: Seat, firstMs: number) => {
    await after(firstMs)
    while (!stopped) {
      while (await poll(seat));
      await after(wanted.pollEveryMs)
    }
  }

  const load = async (seconds: number) => {
    const watching = seats.map((seat, i) => watch(seat, (i / seats.length) * wanted.pollEveryMs))
    const sampler = setInterval(() => kilobytes.push(kilobytesOf(stand.backendPid)), SAMPLE_EVERY_MS)
    const texts: Promise<void>[] = []
    const startedMs = performance.now()
    for (let n = 0; n < seconds * wanted.textsPerSec; n += 1) {
      const dueMs = startedMs + (n * 1000) / wanted.textsPerSec
      const waitMs = dueMs - performance.now()
      if (waitMs > 1) await after(waitMs)
      texts.push(text(n))
    }
    await Promise.all(texts)
    const untilMs = performance.now() + LAST_CHANCE_MS
    while (performance.now() < untilMs && unseen() > 0) await after(100)
    clearInterval(sampler)
    stopped = true
    await Promise.all(watching)
  }

  const unseen = () => [...sent.values()].filter(({ left }) => left > 0).length

  return {
    begin,
    load,
    stop: () => {
      stopped = true
    },
    result: (seconds: number): LoadResult => ({
      seconds,
      texts: timesOf(took.texts),
      polls: timesOf(took.polls),
      visible: timesOf(took.visible),
      errors,
      unseen: unseen(),
      memory: growthOf(kilobytes),
    }),
  }
}

const listed = z.object({
  data: z.array(z.object({ patientPhone: z.string() })).min(1),
  changesCursor: z.string(),
})
const news = z.object({
  data: z.object({ messages: z.array(z.object({ body: z.string() })) }),
  cursor: z.string(),
  hasMore: z.boolean(),
})

function timesOf(took: readonly number[]): Times {
  const sorted = took.toSorted((a, b) => a - b)
  return {
    times: sorted.length,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    maxMs: percentile(sorted, 1),
  }
}
