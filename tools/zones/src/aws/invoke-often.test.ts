import { expect, test } from 'vitest'
import { type Invoker, invokeOften } from './invoke.ts'

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
