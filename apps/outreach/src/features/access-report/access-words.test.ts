import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { accessWords } from './access-words.ts'

test.each([
  ['conversations.read', 'Opened the conversation'],
  ['messages.send', 'Sent a message'],
])('%s is said in words', (action, words) => {
  expect(accessWords(action)).toBe(words)
})

test('an access without words of its own is not left out', () => {
  expect(accessWords('campaigns.send')).toBe('Used the patient’s data in another way (campaigns.send)')
})

test('every access that the backend records of a patient has words', () => {
  const backend = join(import.meta.dirname, '../../../../outreach-api/src')
  const files = globSync('**/*.ts', { cwd: backend, exclude: ['**/*.test.ts'] })
  const actions = new Set(
    files.flatMap((file) =>
      [
        ...readFileSync(join(backend, file), 'utf8').matchAll(
          /'((?:patients|conversations|messages|media)\.[a-z_]+)'/g,
        ),
      ].map(([, action]) => action ?? ''),
    ),
  )
  expect(actions.size).toBeGreaterThan(8)
  expect([...actions].filter((action) => accessWords(action).includes('another way'))).toEqual([])
})
