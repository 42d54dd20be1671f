import type { Health } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { ownReport, reportedBy, summary } from './part-report.ts'

const routes = { name: 'outreach-api-routes', what: 'Outreach API routes' }
const backend = { name: 'outreach-api', what: 'Outreach backend' }

test('a part that answers shows its release and how long it took', () => {
  const health = { status: 'ok', part: 'outreach-api-routes', release: 'r7' } as const
  expect(ownReport(routes, { kind: 'answered', health, responseTimeMs: 12 })).toEqual({
    ...routes,
    state: 'ok',
    release: 'r7',
    responseTimeMs: 12,
    note: undefined,
  })
})

test('a degraded part says what it waits for', () => {
  const health = {
    status: 'degraded',
    part: 'outreach-api-routes',
    release: 'r7',
    dependencies: { 'outreach-api': 'unavailable', other: 'ok' },
  } as const
  const answer = { kind: 'answered', health, responseTimeMs: 12 } as const
  expect(ownReport(routes, answer)).toMatchObject({ state: 'degraded', note: 'Waits for outreach-api' })
  expect(reportedBy(backend, answer)).toMatchObject({ state: 'away', note: 'Does not answer' })
})

test('a part that is silent is away, and what only it can ask is unknown', () => {
  expect(ownReport(routes, { kind: 'silent' })).toMatchObject({ state: 'away', release: undefined })
  expect(reportedBy(backend, { kind: 'silent' })).toMatchObject({ state: 'unknown' })
})

test('the backend is shown with what it said of itself, when that is passed on', () => {
  const health: Health = {
    status: 'ok',
    part: 'outreach-api-routes',
    release: 'r7',
    upstream: [{ part: 'outreach-api', status: 'ok', release: 'r6', responseTimeMs: 3 }],
  }
  const report = reportedBy(backend, { kind: 'answered', health, responseTimeMs: 12 })
  expect(report).toMatchObject({ state: 'ok', release: 'r6', responseTimeMs: 3 })
})

test('the summary names what needs attention', () => {
  const ok = ownReport(routes, {
    kind: 'answered',
    health: { status: 'ok', part: 'x', release: 'r' },
    responseTimeMs: 1,
  })
  expect(summary([ok])).toBe('All parts answer.')
  expect(summary([ok, ownReport(backend, { kind: 'silent' })])).toBe('1 of 2 parts need attention: Outreach backend.')
})
