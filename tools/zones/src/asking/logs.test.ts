import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { linesOf } from './logs.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'logs-of-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const line = (service: string, time: string, requestId: string) =>
  `${JSON.stringify({ service, time, requestId, message: 'request' })}\n`
const nowMs = () => performance.now()

test('finds the lines of one request in all files, in the order of time', async () => {
  writeFileSync(
    join(dir, 'edge.log'),
    line('edge', '2026-01-01T00:00:02Z', 'one') + line('edge', '2026-01-01T00:00:03Z', 'two'),
  )
  writeFileSync(join(dir, 'api.log'), `not json one\n${line('api', '2026-01-01T00:00:01Z', 'one')}`)
  writeFileSync(join(dir, 'notes.txt'), line('other', '2026-01-01T00:00:00Z', 'one'))
  const lines = await linesOf(dir, 'one', nowMs)
  expect(lines.map(({ service, message }) => `${service} ${message}`)).toEqual(['api request', 'edge request'])
})

test('an id that is only part of another, or stands in another field, is not the request', async () => {
  writeFileSync(
    join(dir, 'a.log'),
    `${line('a', '1', 'one-more')}{"requestId":"other","path":"/one"}\n${line('a', '2', 'one')}`,
  )
  expect(await linesOf(dir, 'one', nowMs)).toHaveLength(1)
})

test('waits for lines that are written after the answer', async () => {
  const file = join(dir, 'a.log')
  writeFileSync(file, line('first', '1', 'one'))
  const found = linesOf(dir, 'one', nowMs)
  appendFileSync(file, line('late', '2', 'one'))
  expect((await found).map(({ service }) => service)).toEqual(['first', 'late'])
})
