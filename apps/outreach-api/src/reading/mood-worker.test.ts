import { randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import { expect, test } from 'vitest'
import type { MessageToRead, Mood } from './mood.ts'
import { createMoodWorker } from './mood-worker.ts'

const logs: string[] = []
const logger = createLogger({
  service: 'worker',
  level: 'debug',
  destination: { write: (line) => void logs.push(line) },
})
const happy: Mood = { sentiment: 'positive', urgent: false }
const message = (attempts = 1): MessageToRead => ({
  tenantId: randomUUID(),
  messageId: randomUUID(),
  body: 'Canary text',
  language: 'en',
  attempts,
})

async function sweep(messages: readonly MessageToRead[], read: () => Promise<Mood | undefined>) {
  const settled: [id: string, mood: Mood | undefined][] = []
  const worker = createMoodWorker({
    store: {
      take: async () => messages,
      settle: async ({ messageId }, mood) => void settled.push([messageId, mood]),
    },
    reader: { read },
    nowMs: Date.now,
    logger,
  })
  expect(await worker.sweep(10)).toBe(messages.length)
  return settled
}
const failing = () => Promise.reject(new Error('comprehend answered 500'))

test('a message is marked with its mood, or with none', async () => {
  const one = message()
  expect(await sweep([one], async () => happy)).toEqual([[one.messageId, happy]])
  expect(await sweep([one], async () => undefined)).toEqual([[one.messageId, undefined]])
})

test('what cannot be read now is left for later, and keeps no other from being read', async () => {
  const [one, other] = [message(), message()]
  let calls = 0
  const settled = await sweep([one, other], () => (++calls === 1 ? failing() : Promise.resolve(happy)))
  expect(settled).toEqual([[other.messageId, happy]])
})

test('after five attempts a message stays without a mark', async () => {
  const [fourth, fifth] = [message(4), message(5)]
  expect(await sweep([fourth], failing)).toEqual([])
  expect(await sweep([fifth], failing)).toEqual([[fifth.messageId, undefined]])
})

test('what was written is in no log', () => {
  expect(logs.join()).toContain('message was not read')
  expect(logs.join()).not.toContain('Canary')
})
