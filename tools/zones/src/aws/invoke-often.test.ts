import { expect, test } from 'vitest'
import { type Invoker, invokeFunction, invokeOften } from './invoke.ts'

/** A function that answers at the next turn, or fails. */
function counted(fails: boolean) {
  const seen = { calls: 0, atOnce: 0, most: 0 }
  const send = async () => {
    seen.calls += 1
    seen.atOnce += 1
    seen.most = Math.max(seen.most, seen.atOnce)
    await Promise.resolve()
    seen.atOnce -= 1
    if (fails) throw new Error('throttled')
    return {}
  }
  return { seen, client: { send } as unknown as Invoker }
}
const called = { functionName: 'x', qualifier: '3' }

test.each([false, true])('so many calls at once follow one another so often, failing: %s', async (fails) => {
  const { seen, client } = counted(fails)
  const events: number[] = []
  const newEvent = () => events.push(events.length)
  await invokeOften(client, called, newEvent, { atOnce: 3, rounds: 4, enough: new AbortController().signal })
  expect(seen).toEqual({ calls: 12, atOnce: 0, most: 3 })
  expect(new Set(events).size).toBe(12)
})

test('when it is enough no other call begins', async () => {
  const { seen, client } = counted(false)
  const enough = new AbortController()
  const work = invokeOften(client, called, () => ({}), { atOnce: 3, rounds: 4, enough: enough.signal })
  enough.abort()
  await work
  expect(seen.calls).toBe(3)
})

const report = (more: string) =>
  Buffer.from(`END RequestId: 1\nREPORT RequestId: 1\tDuration: 2.00 ms${more}\t\n`).toString('base64')

/** A function that answers with this end of its log. */
const answering = (LogResult: string | undefined, FunctionError?: string) =>
  ({ send: async () => ({ LogResult, FunctionError, Payload: new TextEncoder().encode('1') }) }) as unknown as Invoker

test.each<[what: string, log: string | undefined, initMs: number | undefined]>([
  ['a call that waited for a start', report('\tInit Duration: 640.50 ms'), 640.5],
  ['a call that found it running', report(''), undefined],
  ['a call without a log', undefined, undefined],
])('%s tells how long that took', async (_what, log, initMs) => {
  const invoked = await invokeFunction(answering(log), { ...called, event: {} })
  expect(invoked).toEqual({
    ...{ kind: 'answered', payload: 1, executedVersion: undefined },
    ...(initMs === undefined ? {} : { initMs }),
  })
})

test('of many calls every start is told, and none of a call that failed', async () => {
  const started: number[] = []
  const often = {
    atOnce: 2,
    rounds: 2,
    enough: new AbortController().signal,
    onStart: (ms: number) => started.push(ms),
  }
  await invokeOften(answering(report('\tInit Duration: 640.50 ms')), called, () => ({}), often)
  expect(started).toEqual([640.5, 640.5, 640.5, 640.5])
  await invokeOften(answering(report('\tInit Duration: 1.00 ms'), 'Unhandled'), called, () => ({}), often)
  expect(started).toHaveLength(4)
})
