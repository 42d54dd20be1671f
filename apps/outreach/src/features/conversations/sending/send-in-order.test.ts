import { ApiError } from '@sax/api-contract/client'
import { expect, test } from 'vitest'
import { createOutgoingStore } from './outgoing-store.ts'
import { createSending } from './send-in-order.ts'

const memory = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined }
const turn = () => new Promise((resolve) => setImmediate(resolve))

function staged(refusals: Readonly<Record<string, ApiError>> = {}) {
  const store = createOutgoingStore(memory, { saxId: 7, practiceId: 'p' })
  const sent: string[] = []
  const waiting: (() => void)[] = []
  const sending = createSending({
    store,
    send: async ({ clientId }) => {
      sent.push(clientId)
      await new Promise<void>((resolve) => waiting.push(resolve))
      const refusal = refusals[clientId]
      if (refusal) throw refusal
    },
    words: () => 'Somebody answered',
  })
  const write = (clientId: string, conversationId = 'k') => {
    store.put({ clientId, conversationId, body: 'x', seenSeq: 1, writtenAtMs: 1 })
    sending.pump()
  }
  const answer = async () => {
    waiting.shift()?.()
    await turn()
  }
  return { store, sent, write, answer, sending }
}

test('A3: messages of one conversation go one after the other, of two at the same time', async () => {
  const { sent, write, answer, store } = staged()
  write('first')
  write('second')
  write('elsewhere', 'other')
  expect(sent).toEqual(['first', 'elsewhere'])
  await answer()
  expect(sent).toEqual(['first', 'elsewhere', 'second'])
  await answer()
  await answer()
  expect(store.all()).toEqual([])
})

test('A2: a message that is being sent is not sent a second time', async () => {
  const { sent, write, sending } = staged()
  write('only')
  sending.pump()
  sending.pump()
  expect(sent).toEqual(['only'])
})

test('a refused message stays with its reason, and the next one goes', async () => {
  const conflict = new ApiError(409, { code: 'VERSION_CONFLICT', message: 'Words', requestId: '' })
  const { sent, write, answer, store } = staged({ late: conflict })
  write('late')
  write('next')
  await answer()
  expect(sent).toEqual(['late', 'next'])
  expect(store.all()[0]?.refusal).toEqual({ code: 'VERSION_CONFLICT', words: 'Somebody answered' })
  await answer()
  expect(store.all().map(({ clientId }) => clientId)).toEqual(['late'])
})

test('of a message that was refused for its picture, which is gone, it is kept that it was that', async () => {
  const body = { code: 'NOT_FOUND', message: 'Words', requestId: '' } as const
  const { write, answer, store } = staged({
    picture: new ApiError(404, { ...body, details: { missing: 'picture' } }),
    conversation: new ApiError(404, body),
  })
  write('picture', 'one')
  write('conversation', 'other')
  await answer()
  await answer()
  expect(store.all().map(({ clientId, refusal }) => [clientId, refusal?.pictureGone])).toEqual([
    ['picture', true],
    ['conversation', undefined],
  ])
})

test('what is removed while it is being sent, and refused then, is not brought back', async () => {
  const { write, answer, store } = staged({
    only: new ApiError(409, { code: 'VERSION_CONFLICT', message: 'Words', requestId: '' }),
  })
  write('only')
  store.drop('only')
  await answer()
  expect(store.all()).toEqual([])
})
