import { outreach } from '@sax/topology'
import { Client } from 'undici'
import { z } from 'zod'
import { percentile } from '../latency.ts'
import { SIZE } from './data-set.ts'
import { inboundWebhook } from './inbound-webhook.ts'
import { numberOf } from './practice-numbers.ts'
import { type Known, QUESTIONS, type Question } from './questions.ts'
import { administrator, coordinator, type Person } from './staff.ts'
import { ACCOUNT_SID, type Stand } from './stand.ts'
import type { Step } from './step.ts'

export interface Answered {
  readonly what: string
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

export interface AnsweredQuestion {
  readonly what: string
  readonly aimMs: number
  /** Asked in turn by a coordinator of the largest practice of each tenant but the largest. */
  readonly coordinators: Omit<Answered, 'what'>
  /** Asked by the administrator of the largest tenant. */
  readonly administrator: Omit<Answered, 'what'>
}

/** So that the 99th of a hundred is not one answer alone. */
const ROUNDS = 400
/** Of the rounds, as many before that are not counted: what is asked for the first time is read from the disk. */
const WARM_UP = 0.25
/** Each stored text changes two rows: the message, and its conversation. */
const FIFTY_CHANGES = 25

/** How long each question takes alone, over one kept connection: what a person waits, without any queue. */
export async function measureQuestions(
  stand: Stand,
  step: Step,
  {
    rounds = ROUNDS,
    questions = QUESTIONS,
  }: { readonly rounds?: number; readonly questions?: readonly Question[] } = {},
): Promise<readonly AnsweredQuestion[]> {
  const client = new Client(stand.url)
  try {
    const secret = stand.secrets.userContextSecret
    const staff = await step('coordinators read their lists', async () => {
      const known: Known[] = []
      for (let tenant = 2; tenant <= SIZE.tenants; tenant += 1)
        known.push(await learn(client, stand, await coordinator(secret, tenant, 0, 0)))
      return known
    })
    const chief = [await learn(client, stand, await administrator(secret, 1))]
    const answered: AnsweredQuestion[] = []
    for (const question of questions) {
      answered.push(
        await step(question.what, async () => ({
          what: question.what,
          aimMs: question.aimMs,
          coordinators: await timed(client, staff, question, rounds),
          administrator: await timed(client, chief, question, rounds),
        })),
      )
    }
    return answered
  } finally {
    await client.close()
  }
}

async function timed(
  client: Client,
  askers: readonly Known[],
  question: Question,
  rounds: number,
): Promise<Omit<Answered, 'what'>> {
  const warmUp = Math.ceil(rounds * WARM_UP)
  const took: number[] = []
  for (let i = -warmUp; i < rounds; i += 1) {
    const known = askers[(i + warmUp) % askers.length]
    if (known === undefined) throw new Error('nobody asks')
    const startedMs = performance.now()
    await ask(client, known.person, question.path(known))
    if (i >= 0) took.push(performance.now() - startedMs)
  }
  took.sort((a, b) => a - b)
  return { p50Ms: percentile(took, 0.5), p99Ms: percentile(took, 0.99), maxMs: percentile(took, 1) }
}

const listed = z.object({
  data: z
    .array(z.object({ id: z.string(), practiceId: z.string(), patientPhone: z.string(), lastMessageSeq: z.number() }))
    .min(1),
  pagination: z.object({ nextCursor: z.string() }),
  changesCursor: z.string(),
})
const news = z.object({ cursor: z.string() })

/** Reads what a person's further questions need, and lets fifty things happen in their practice. */
async function learn(client: Client, stand: Stand, person: Person): Promise<Known> {
  const list = async (query: string) => listed.parse(JSON.parse(await ask(client, person, `/conversations?${query}`)))
  const newest = await list('sort=newest&limit=200')
  const waiting = await list('sort=waiting')
  const [any] = newest.data
  const [long] = newest.data.toSorted((a, b) => b.lastMessageSeq - a.lastMessageSeq)
  if (any === undefined || long === undefined) throw new Error('a practice without conversations')
  const fiftyBehind = newest.changesCursor
  for (const { patientPhone, practiceId } of newest.data.slice(0, FIFTY_CHANGES)) {
    await arrive(client, stand, { from: patientPhone, to: numberOf(practiceId), body: 'I have the number now.' })
  }
  const atEnd = news.parse(JSON.parse(await ask(client, person, `/changes?after=${fiftyBehind}`))).cursor
  const nextPage = { newest: newest.pagination.nextCursor, waiting: waiting.pagination.nextCursor }
  return {
    person,
    long: { id: long.id, messages: long.lastMessageSeq },
    any: any.id,
    phone: any.patientPhone,
    nextPage,
    atEnd,
    fiftyBehind,
  }
}

async function arrive(
  client: Client,
  { url, secrets }: Stand,
  text: { readonly from: string; readonly to: string; readonly body: string },
): Promise<void> {
  const webhook = inboundWebhook({ url, accountSid: ACCOUNT_SID, authToken: secrets.carrierAuthToken }, text)
  const { statusCode, body } = await client.request(webhook)
  await body.dump()
  if (statusCode !== 200) throw new Error(`the webhook answered ${statusCode}`)
}

/** @throws Error when the answer is not 2xx: a refusal is quick and says nothing. */
async function ask(client: Client, { headers }: Person, path: string): Promise<string> {
  const answer = await client.request({ method: 'GET', path: outreach.basePath + path, headers })
  const text = await answer.body.text()
  if (answer.statusCode < 200 || answer.statusCode >= 300)
    throw new Error(`${path.split('?')[0]} answered ${answer.statusCode}`)
  return text
}
