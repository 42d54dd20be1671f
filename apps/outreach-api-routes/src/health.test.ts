import { expect, test } from 'vitest'
import type { BackendAnswer } from './backend.ts'
import { healthOf } from './health.ts'

const answered = (status: number, body: string): BackendAnswer => ({
  kind: 'answered',
  status,
  headers: new Map(),
  body: new TextEncoder().encode(body),
})

test('a healthy backend is passed on with its release, its newest migration and the time it took', () => {
  const body =
    '{"data":{"status":"ok","part":"outreach-api","release":"r6","migration":"0004_requests.sql","dependencies":{"postgres":"ok"}}}'
  expect(healthOf(answered(200, body), 'r7', 3)).toEqual({
    status: 'ok',
    part: 'outreach-api-routes',
    release: 'r7',
    contracts: { api: 1, userContext: 1 },
    dependencies: { 'outreach-api': 'ok' },
    upstream: [
      { part: 'outreach-api', status: 'ok', release: 'r6', responseTimeMs: 3, migration: '0004_requests.sql' },
    ],
  })
})

test('a backend without its database makes this part degraded too, though it answers', () => {
  const body = '{"data":{"status":"degraded","part":"outreach-api","release":"r6"}}'
  expect(healthOf(answered(200, body), 'r7', 3)).toMatchObject({
    status: 'degraded',
    dependencies: { 'outreach-api': 'ok' },
    upstream: [{ status: 'degraded' }],
  })
})

test.each<[why: string, answer: BackendAnswer]>([
  ['that is not reached', { kind: 'unreachable', status: 502 }],
  ['that fails', answered(500, '{}')],
  ['whose place something else has taken', answered(200, '<html>')],
  ['that answers in another shape', answered(200, '{"ok":true}')],
])('a backend %s is unavailable', (_why, answer) => {
  expect(healthOf(answer, 'r7', 3)).toEqual({
    status: 'degraded',
    part: 'outreach-api-routes',
    release: 'r7',
    contracts: { api: 1, userContext: 1 },
    dependencies: { 'outreach-api': 'unavailable' },
  })
})
