import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measureLatency, percentile } from './latency.ts'

const server = createServer((asked, answer) => answer.writeHead(asked.url === '/' ? 200 : 503).end('x'))
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve())))
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))
const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`

test.each([
  [[1], 0.5, 1],
  [[1, 2, 3, 4], 0.5, 2],
  [[1, 2, 3, 4], 0.99, 4],
  [Array.from({ length: 200 }, (_, i) => i + 1), 0.99, 198],
])('of %j the part %d lies below %d', (sorted, part, value) => {
  expect(percentile(sorted, part)).toBe(value)
})

test('a percentile of nothing is refused', () => {
  expect(() => percentile([], 0.5)).toThrow('no values')
})

test('answers are timed, and a refusal is no figure', async () => {
  const { p50Ms, p99Ms } = await measureLatency(url('/'), {}, 20)
  expect(p50Ms).toBeGreaterThan(0)
  expect(p99Ms).toBeGreaterThanOrEqual(p50Ms)
  await expect(measureLatency(url('/away'), {}, 4)).rejects.toThrow('answered 503')
})
