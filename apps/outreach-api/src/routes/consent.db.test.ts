import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'
import { newPhone } from '../../test/sending/letters.ts'
import { saidAboutTexting } from '../domain/revocation-words.ts'
import { createReceivingStore } from '../store/receiving.ts'

const site = sampleApi()
const { coordinator } = who

/** A patient of the practice, who has written nothing yet. */
async function patient() {
  const phone = newPhone()
  const [sender] = await site.db.query('select phone from app.senders where practice_id = $1', [coordinator.practiceId])
  const store = createReceivingStore(site.api.database, { newId: randomUUID, nowMs: Date.now })
  const writes = async (body: string) => {
    const sid = `SM${randomBytes(16).toString('hex')}`
    const about = { messagingServiceSid: undefined, segmentCount: 1, media: [], said: saidAboutTexting(body) }
    await store.receive({ sid, from: phone, to: String(sender?.phone), body, ...about })
  }
  const id = async () =>
    String((await site.db.query('select id from app.conversations where patient_phone = $1', [phone]))[0]?.id)
  const decide = async (state: string, seenSeq?: number) =>
    site.api.as(coordinator, `/conversations/${await id()}/consent`, {
      method: 'POST',
      body: { state, reason: 'Read by a person', seenSeq },
    })
  const consent = async () =>
    (await site.api.as(coordinator, `/conversations/${await id()}`)).body.data.conversation.consent
  return { writes, decide, consent }
}

test('words to the effect of stop that nobody has read are not released with those before', async () => {
  const { writes, decide, consent } = await patient()
  await writes('please stop texting me')
  await writes('I mean it, do not contact me again')
  const answer = await decide('subscribed', 1)
  expect([answer.status, answer.body.code, answer.body.details.current.lastMessageSeq]).toEqual([
    409,
    'VERSION_CONFLICT',
    2,
  ])
  expect(await consent()).toBe('held')
  expect((await decide('subscribed', 2)).status).toBe(200)
  expect(await consent()).toBe('subscribed')
})

test('what was written after it and says nothing of stop keeps nobody from a decision', async () => {
  const { writes, decide, consent } = await patient()
  await writes('please stop texting me')
  await writes('about Tuesday, I meant')
  expect((await decide('subscribed', 1)).status).toBe(200)
  expect(await consent()).toBe('subscribed')
})

test('stopping is decided whatever has been read, and so is everything by who does not say', async () => {
  const [one, other] = [await patient(), await patient()]
  for (const { writes } of [one, other]) await writes('please stop texting me')
  expect((await one.decide('opted_out', 0)).status).toBe(200)
  expect(await one.consent()).toBe('opted_out')
  expect((await other.decide('subscribed')).status).toBe(200)
})
