import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { verificationPeople, verificationTenants } from '@sax/release'
import { outreachApiPath, outreachPath } from '@sax/topology'
import { z } from 'zod'
import { createPersonClient, type PersonClient, placeOf } from '../load/person-client.ts'
import { signIn } from '../load/sign-in.ts'
import type { Rehearsal } from '../start-rehearsal.ts'
import type { Seen } from './timeline.ts'

/** Reserved for fiction, and nobody of verification has it. @source North American Numbering Plan, 555-0100 to 555-0199 */
const PATIENT = '+13035550142'
/** A text is handed over and comes back within this time, milliseconds: neither waits for the sweep of each minute. */
const EACH_MS = 20_000
const LOOK_MS = 200

const duplicate = z.object({ data: z.object({ conversationId: z.string().nullable() }) })
const created = z.object({ data: z.object({ id: z.string() }) })
const messages = z.object({
  data: z.array(
    z.object({ id: z.string(), direction: z.enum(['inbound', 'outbound']), body: z.string(), status: z.string() }),
  ),
})

/**
 * A coordinator of verification texts a patient through the stage: stored by the backend, handed over by the queue and
 * the worker, delivered by the carrier, told back by its callbacks; then the patient answers, says STOP, and is not
 * texted any more until START.
 */
export async function textAPatient(rehearsal: Rehearsal, nowMs: () => number): Promise<Seen> {
  const { urls, carrier } = rehearsal
  const client = createPersonClient(placeOf(rehearsal))
  try {
    await signIn(client, urls.host, verificationPeople.first, outreachPath('templates'))
    const api = apiOf(client, urls.host)
    const from = PATIENT
    const to = verificationTenants[0].practice.phone
    const patientSays = async (body: string): Promise<void> => {
      const received = carrier.receive({ from, to, body, pictures: [] })
      const answer = received.kind === 'received' ? (await received.delivery).status : undefined
      if (answer !== 200)
        throw new Error(`the stage answered ${answer ?? 'nothing'} when the carrier told it of a text`)
    }

    // An earlier run on the same data may have ended after STOP.
    await patientSays('START')
    const known = duplicate.parse(await api.post(['conversations', 'check-duplicate'], { phone: from }, [200])).data
    const id = known.conversationId ?? created.parse(await api.post(['conversations'], { phone: from }, [201])).data.id
    const thread = async () => messages.parse(await api.get(['conversations', id, 'messages'])).data
    const until = async (what: string, holds: () => Promise<boolean>): Promise<number> => {
      const begunMs = nowMs()
      while (!(await holds())) {
        if (nowMs() - begunMs > EACH_MS) throw new Error(`${what} was not seen after ${EACH_MS / 1000} s`)
        await wait(LOOK_MS)
      }
      return nowMs() - begunMs
    }
    const say = async (body: string, allowed: readonly number[]) =>
      api.post(['conversations', id, 'messages'], { clientId: randomUUID(), body, seenSeq: 1_000_000 }, allowed)

    const text = `Your mask fitting is at eight. ${randomUUID().slice(0, 8)}`
    const { id: messageId } = created.parse(await say(text, [201])).data
    const deliveredMs = await until('its delivery', async () =>
      (await thread()).some((one) => one.id === messageId && one.status === 'delivered'),
    )
    if (!carrier.phones.of(from).some((bubble) => bubble.text === text)) {
      return { isRight: false, told: 'it says that it was delivered, and the phone does not have it' }
    }
    const answer = `Thank you ${randomUUID().slice(0, 8)}`
    await patientSays(answer)
    const answeredMs = await until('the answer', async () =>
      (await thread()).some(({ direction, body }) => direction === 'inbound' && body === answer),
    )
    await patientSays('STOP')
    await until('STOP', async () => (await thread()).at(-1)?.body === 'STOP')
    await say('One more thing', [403])
    await patientSays('START')
    await until('START', async () => (await thread()).at(-1)?.body === 'START')
    const second = (ms: number) => `${(ms / 1000).toFixed(1)} s`
    return {
      isRight: true,
      told: `delivered after ${second(deliveredMs)}, the answer seen after ${second(answeredMs)}, refused after STOP`,
    }
  } finally {
    client.close()
  }
}

/** The zone's API under the host's name, as its pages call it. Quotes no body: what it holds is of a patient. */
function apiOf(client: PersonClient, hostUrl: string) {
  const asked = async (path: readonly string[], allowed: readonly number[], body?: unknown): Promise<unknown> => {
    const url = hostUrl + outreachApiPath(...path)
    const answer = await client.ask(
      url,
      body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
            body: JSON.stringify(body),
          },
    )
    if (!allowed.includes(answer.status)) {
      throw new Error(
        `${path.at(0)} answered ${answer.status} in place of ${allowed.join(' or ')} (${answer.requestId})`,
      )
    }
    return JSON.parse(answer.body.toString('utf8'))
  }
  return {
    get: (path: readonly string[]) => asked(path, [200]),
    post: (path: readonly string[], body: unknown, allowed: readonly number[]) => asked(path, allowed, body),
  }
}
