import { expect, test } from 'vitest'
import { fetchUntil } from './fetch-until.ts'

/** A network that answers nothing, and ends when it is told to. */
function silence() {
  const asked: string[] = []
  const send: typeof fetch = (input, init) =>
    new Promise((_resolve, reject) => {
      const signal = init?.signal
      if (signal?.aborted) return reject(signal.reason)
      asked.push(`${init?.method} ${input}`)
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  return { asked, send }
}

test('what is under way ends when it is over, and nothing is asked from then on', async () => {
  const over = new AbortController()
  const { asked, send } = silence()
  const request = fetchUntil(over.signal, send)
  const one = request('/one', { method: 'POST' })
  const two = request('/two', { method: 'POST', signal: new AbortController().signal })
  over.abort()
  for (const ended of [one, two, request('/three', { method: 'POST' })])
    await expect(ended).rejects.toMatchObject({ name: 'AbortError' })
  expect(asked).toEqual(['POST /one', 'POST /two'])
})

test('who asks may end it before', async () => {
  const mine = new AbortController()
  const { send } = silence()
  const asked = fetchUntil(new AbortController().signal, send)('/one', { signal: mine.signal })
  mine.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
})
