import type { Changes } from '@sax/api-contract'
import { ApiError } from '@sax/api-contract/client'
import { expect, test } from 'vitest'
import { createChangeFeed } from './change-feed.ts'

const refused = (status: number, code: 'CURSOR_EXPIRED' | 'UPSTREAM_UNAVAILABLE') =>
  new ApiError(status, { code, message: 'Words', requestId: '' })
const news = (cursor: string, hasMore = false): Changes => ({
  data: { conversations: [], messages: [], notes: [], presence: [] },
  cursor,
  hasMore,
})

type Answer = Changes | undefined | ApiError

/** A feed whose clock is turned by hand. */
function staged(answers: Answer[], pace: (failures: number) => number | undefined = () => 2000) {
  const log: string[] = []
  let waiting: (() => void) | undefined
  const feed = createChangeFeed({
    ask: async (after) => {
      log.push(`ask ${after}`)
      const answer = answers.shift()
      if (answer instanceof ApiError) throw answer
      return answer
    },
    onChanges: ({ cursor }) => log.push(`news ${cursor}`),
    onExpired: () => log.push('expired'),
    onReach: (reached) => log.push(reached ? 'reached' : 'lost'),
    pace,
    later: (act) => {
      waiting = act
      return () => {
        waiting = undefined
      }
    },
  })
  const tick = async () => {
    const act = waiting
    waiting = undefined
    act?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { feed, log, tick, isWaiting: () => waiting !== undefined }
}

test('each question goes on from the answer before; none at all leaves the cursor', async () => {
  const { feed, log, tick } = staged([undefined, news('c1'), undefined])
  feed.startFrom('c0')
  for (let times = 0; times < 3; times += 1) await tick()
  expect(log).toEqual(['ask c0', 'ask c0', 'news c1', 'ask c1'])
})

test('the first cursor counts, for a later one could skip news', async () => {
  const { feed, log, tick } = staged([])
  feed.startFrom('c0')
  feed.startFrom('c9')
  await tick()
  expect(log).toEqual(['ask c0'])
})

test('more news that is there already is asked for at once', async () => {
  const { feed, log, tick } = staged([news('c1', true), news('c2')])
  feed.startFrom('c0')
  await tick()
  expect(log).toEqual(['ask c0', 'news c1', 'ask c1', 'news c2'])
})

test('A7: a nudge asks at once, and once more when a question was already on its way', async () => {
  const { feed, log } = staged([undefined, undefined])
  feed.startFrom('c0')
  feed.nudge()
  feed.nudge()
  feed.nudge()
  await new Promise((resolve) => setImmediate(resolve))
  expect(log).toEqual(['ask c0', 'ask c0'])
})

test('failures are survived, said once, and taken back', async () => {
  const away = refused(503, 'UPSTREAM_UNAVAILABLE')
  const { feed, log, tick } = staged([away, away, away, news('c1')])
  feed.startFrom('c0')
  for (let times = 0; times < 4; times += 1) await tick()
  expect(log).toEqual(['ask c0', 'ask c0', 'lost', 'ask c0', 'ask c0', 'reached', 'news c1'])
})

test('a cursor of yesterday loads everything anew and goes on from there', async () => {
  const { feed, log, tick, isWaiting } = staged([refused(410, 'CURSOR_EXPIRED'), undefined])
  feed.startFrom('old')
  await tick()
  expect(isWaiting()).toBe(false)
  feed.startFrom('fresh')
  await tick()
  expect(log).toEqual(['ask old', 'expired', 'ask fresh'])
})

test('a hidden page asks nothing until it is nudged', async () => {
  const { feed, log, isWaiting } = staged([undefined], () => undefined)
  feed.startFrom('c0')
  expect(isWaiting()).toBe(false)
  feed.nudge()
  await new Promise((resolve) => setImmediate(resolve))
  expect(log).toEqual(['ask c0'])
})

test('a stopped feed says and asks nothing more', async () => {
  const { feed, log, isWaiting } = staged([news('c1')])
  feed.startFrom('c0')
  feed.nudge()
  feed.stop()
  await new Promise((resolve) => setImmediate(resolve))
  expect(log).toEqual(['ask c0'])
  expect(isWaiting()).toBe(false)
})

test('a question that nobody answers is given up after twenty seconds, counts as failed, and is asked again', async () => {
  const log: string[] = []
  const timers = new Map<() => void, number>()
  const feed = createChangeFeed({
    ask: (after, signal) => {
      log.push(`ask ${after}`)
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    },
    onChanges: () => log.push('news'),
    onExpired: () => log.push('expired'),
    onReach: (reached) => log.push(reached ? 'reached' : 'lost'),
    pace: () => 2000,
    later: (act, ms) => {
      timers.set(act, ms)
      return () => void timers.delete(act)
    },
  })
  /** The one timer there is. */
  const next = async () => {
    const [[act, ms] = [() => undefined, 0], ...others] = [...timers]
    expect(others).toEqual([])
    timers.delete(act)
    act()
    await new Promise((resolve) => setImmediate(resolve))
    return ms
  }
  feed.startFrom('c0')
  expect([await next(), await next(), await next(), await next()]).toEqual([2000, 20_000, 2000, 20_000])
  expect(log).toEqual(['ask c0', 'ask c0', 'lost'])
  await next()
  feed.stop()
  await new Promise((resolve) => setImmediate(resolve))
  expect([log.length, timers.size]).toEqual([4, 0])
})
