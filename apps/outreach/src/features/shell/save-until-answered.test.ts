import { ApiError } from '@sax/api-contract/client'
import { expect, test } from 'vitest'
import { pauseWith, saveUntilAnswered } from './save-until-answered.ts'

const away = new ApiError(503, { code: 'UPSTREAM_UNAVAILABLE', message: 'm', requestId: 'r' })
const refused = new ApiError(403, { code: 'FORBIDDEN', message: 'm', requestId: 'r' })

function staged(answers: (string | Error)[]) {
  const pauses: number[] = []
  const result = saveUntilAnswered({
    attempt: async () => {
      const answer = answers.shift()
      if (answer instanceof Error) throw answer
      return answer
    },
    onWaiting: () => undefined,
    pause: async (ms) => void pauses.push(ms),
  })
  return { result, pauses }
}

test('S5: a save outlasts a part of the site that is away, with longer and longer pauses', async () => {
  const { result, pauses } = staged([away, away, away, 'saved'])
  expect(await result).toBe('saved')
  expect(pauses).toEqual([500, 1000, 2000])
})

test('a refusal is an answer and is not repeated', async () => {
  const { result, pauses } = staged([refused, 'saved'])
  await expect(result).rejects.toBe(refused)
  expect(pauses).toEqual([])
})

test('a stopped pause rejects at once', async () => {
  const controller = new AbortController()
  const pause = pauseWith(controller.signal)(60_000)
  controller.abort()
  await expect(pause).rejects.toMatchObject({ name: 'AbortError' })
  await expect(pauseWith(controller.signal)(60_000)).rejects.toMatchObject({ name: 'AbortError' })
})
