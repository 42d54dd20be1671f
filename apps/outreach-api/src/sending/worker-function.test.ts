import { createLogger } from '@sax/logging'
import { expect, test } from 'vitest'
import type { MessageKey } from './outbox-store.ts'
import { createWorkerFunction } from './worker-function.ts'

const logger = createLogger({ service: 'worker', level: 'error', destination: { write: () => undefined } })
const key = (last: string): MessageKey => ({
  tenantId: '00000000-0000-0000-0000-000000000001',
  messageId: `30000000-0000-4000-8000-00000000000${last}`,
})

function functionWith({
  rounds = [0],
  failing = '',
}: {
  readonly rounds?: readonly number[]
  readonly failing?: string
} = {}) {
  const worked: string[] = []
  const left = [...rounds]
  const swept: number[] = []
  const handler = createWorkerFunction(
    {
      work: async ({ messageId }) => {
        worked.push(messageId)
        if (messageId === failing) throw new Error('no database')
      },
      sweep: async (limit) => {
        swept.push(limit)
        return left.shift() ?? 20
      },
    },
    logger,
  )
  return { handler, worked, swept }
}

const batch = (...bodies: readonly string[]) => ({
  Records: bodies.map((body, index) => ({ messageId: `q${index}`, body })),
})

test('each message of a batch is worked on, and only what failed comes back', async () => {
  const { handler, worked } = functionWith({ failing: key('2').messageId })
  const answer = await handler(
    batch(JSON.stringify(key('1')), JSON.stringify(key('2')), 'nonsense', '{}', JSON.stringify(key('3'))),
  )
  expect(worked).toEqual([key('1'), key('2'), key('3')].map(({ messageId }) => messageId))
  expect(answer).toEqual({
    batchItemFailures: [{ itemIdentifier: 'q1' }, { itemIdentifier: 'q2' }, { itemIdentifier: 'q3' }],
  })
})

test('a sweep goes on until nothing is due', async () => {
  const { handler, swept } = functionWith({ rounds: [20, 3, 0] })
  expect(await handler({ kind: 'sweep-outbox' })).toEqual({ batchItemFailures: [] })
  expect(swept).toEqual([20, 20, 20])
})

test('a sweep that finds no end leaves the rest to the next', async () => {
  const { handler, swept } = functionWith({ rounds: [] })
  await handler({ kind: 'sweep-outbox' })
  expect(swept).toHaveLength(20)
})

test('an event that is neither is a defect', async () => {
  await expect(functionWith().handler({ hello: 1 })).rejects.toThrow()
})
