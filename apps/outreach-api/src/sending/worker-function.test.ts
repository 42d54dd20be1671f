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
  starts = [0],
  setAside = [0],
  pictures = [0],
  unsent = [0],
  answers = [0],
  moods,
  failing = '',
}: {
  readonly rounds?: readonly number[]
  readonly starts?: readonly number[]
  readonly setAside?: readonly number[]
  readonly pictures?: readonly number[]
  readonly unsent?: readonly number[]
  readonly answers?: readonly number[]
  /** Default: no classifier is switched on. */
  readonly moods?: readonly number[]
  readonly failing?: string
} = {}) {
  const worked: string[] = []
  const swept: string[] = []
  const sweeping = (what: string, rounds: readonly number[]) => {
    const left = [...rounds]
    return async (limit: number) => {
      swept.push(`${limit} ${what}`)
      return left.shift() ?? 20
    }
  }
  const handler = createWorkerFunction({
    outbox: {
      work: async ({ messageId }) => {
        worked.push(messageId)
        if (messageId === failing) throw new Error('no database')
      },
      sweep: sweeping('messages', rounds),
    },
    starts: { sweep: sweeping('starts', starts) },
    setAside: { sweep: sweeping('set aside', setAside) },
    pictures: { sweep: sweeping('pictures', pictures) },
    unsent: { sweep: sweeping('unsent', unsent) },
    answers: { sweep: sweeping('answers', answers) },
    moods: moods && { sweep: sweeping('moods', moods) },
    status: async () => ({ release: '0.1.0-0123456789ab', database: 'answers', carrier: 'credentials read' }),
    logger,
  })
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

test('a sweep goes on until nothing is due, first messages, then starts in doubt, then what is placed, then pictures, then what nobody sent', async () => {
  const { handler, swept } = functionWith({ rounds: [20, 3, 0], pictures: [1, 0] })
  expect(await handler({ kind: 'sweep-outbox' })).toEqual({ batchItemFailures: [] })
  expect(swept).toEqual([
    ...[
      '20 messages',
      '20 messages',
      '20 messages',
      '20 starts',
      '20 set aside',
      '20 pictures',
      '20 pictures',
      '20 unsent',
      '20 answers',
    ],
  ])
})

test('where a classifier is switched on a sweep ends with what is to be read', async () => {
  const { handler, swept } = functionWith({ moods: [2, 0] })
  await handler({ kind: 'sweep-outbox' })
  expect(swept).toEqual([
    '20 messages',
    '20 starts',
    '20 set aside',
    '20 pictures',
    '20 unsent',
    '20 answers',
    '20 moods',
    '20 moods',
  ])
})

test('a sweep that finds no end leaves the rest to the next', async () => {
  const { handler, swept } = functionWith({
    rounds: [],
    starts: [],
    setAside: [],
    pictures: [],
    unsent: [],
    answers: [],
  })
  await handler({ kind: 'sweep-outbox' })
  expect(swept).toHaveLength(120)
})

test('a release is told the status, and nothing is sent for it', async () => {
  const { handler, worked, swept } = functionWith()
  expect(await handler({ sax: 'worker-status' })).toEqual({
    ...{ release: '0.1.0-0123456789ab', database: 'answers', carrier: 'credentials read' },
  })
  expect([worked, swept]).toEqual([[], []])
})

test.each([[{ hello: 1 }], [{ sax: 'migrations-status' }], [{ sax: 'worker-status', more: 1 }], [undefined]])(
  'an event that is none of these, %j, is a defect',
  async (event) => {
    await expect(functionWith().handler(event)).rejects.toThrow()
  },
)
