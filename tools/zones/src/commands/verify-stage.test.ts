import { setTimeout as sleep } from 'node:timers/promises'
import type { Ask } from '@sax/probes'
import { expect, test } from 'vitest'
import { site, stageFacts } from '../../../../packages/probes/test/good-site.ts'
import { outcomeOf } from '../report/verify-report.ts'
import { type VerifyStageOptions, type VerifyStagePorts, verifyStage } from './verify-stage.ts'

const quiet = { plan: () => undefined, result: () => undefined, end: async () => undefined }
const whole: VerifyStageOptions = { stage: 'develop', scope: 'whole', browser: true }
const never = new Promise<never>(() => undefined)
const quick: VerifyStageOptions = { stage: 'develop', scope: 'quick', browser: false }

function ports(ask: Ask, more: Partial<VerifyStagePorts> = {}): VerifyStagePorts {
  return {
    facts: stageFacts,
    ask: () => ask,
    openBrowser: async () => ({ why: 'no Chromium here' }),
    signInOf: () => ({ why: 'nobody can sign in here' }),
    progress: quiet,
    nowMs: () => performance.now(),
    ...more,
  }
}

const unseen = (results: Awaited<ReturnType<typeof verifyStage>>['results']) =>
  results.filter(({ outcome }) => outcome === 'unseen').map(({ id }) => id)

test('after a flip every quick promise of a good stage is seen to be kept, in the order in which it was planned', async () => {
  const report = await verifyStage(quick, ports(site()))
  expect(report.results.filter(({ outcome }) => outcome !== 'kept')).toEqual([])
  expect(report.results[0]?.id).toBe('api.templates.executed.host')
  expect(report.results.at(-1)?.id).toBe('origins.bucket.outreach')
  expect(outcomeOf(report, '').kind).toBe('done')
})

test('where nobody can sign in, what needs a session is unseen by name, and the run does not succeed', async () => {
  const report = await verifyStage(whole, ports(site({ sessions: false })))
  expect(unseen(report.results)).toEqual([
    'context.session-wins',
    'assets.named.host',
    'headers.host-page',
    'nav.sign-in',
  ])
  expect(outcomeOf(report, '').kind).toBe('failed')
})

test('a browser that is left out on request is excused, logs that could not be read are not', async () => {
  const without = { ...whole, browser: false }
  const askOf =
    (logs?: 'unavailable'): VerifyStagePorts['ask'] =>
    (sessions) => {
      const good = site(logs === undefined ? {} : { logs })
      return async (question) => {
        const session = question.kind === 'http' && question.carries?.some(({ kind }) => kind === 'session')
        const known = sessions('first')
        return session && 'why' in known ? { kind: 'unavailable', why: known.why } : good(question)
      }
    }
  expect(outcomeOf(await verifyStage(without, { ...ports(site()), ask: askOf() }), '').kind).toBe('done')
  const blind = await verifyStage(without, { ...ports(site()), ask: askOf('unavailable') })
  expect(outcomeOf(blind, '').kind).toBe('failed')
})

test('D11: what stays without an answer until the deadline is broken, what there was no time for unseen', async () => {
  const good = site()
  const ask: Ask = (question) => (question.kind === 'http' && question.door === 'outreach' ? never : good(question))
  const startedMs = performance.now()
  const { results } = await verifyStage({ ...quick, deadlineMs: startedMs + 1000 }, ports(ask))
  expect(performance.now() - startedMs).toBeLessThan(8000)
  const found = (id: string) => results.find((result) => result.id === id)
  expect(found('api.templates.executed.host')?.outcome).toBe('kept')
  expect(found('api.templates.executed.outreach')?.findings).toEqual(['the probe could not finish: ETIMEDOUT'])
  expect(found('release.expected')).toMatchObject({ outcome: 'unseen', findings: ['the time was up'] })
})

test('a stage that refuses connections is broken, not unseen, and ends the run by no exception', async () => {
  const ask: Ask = () => Promise.reject(Object.assign(new Error('nobody there'), { code: 'ECONNREFUSED' }))
  const report = await verifyStage(quick, ports(ask))
  expect(new Set(report.results.map(({ outcome }) => outcome))).toEqual(new Set(['broken']))
})

test('before a deadline, logs that do not come are not waited for once something else is broken', async () => {
  const good = site()
  const refused = Object.assign(new Error('nobody there'), { code: 'ECONNREFUSED' })
  const ask: Ask = (question) => {
    if (question.kind === 'logs' || question.kind === 'calls') return never
    return question.kind === 'http' && question.door === 'outreach' ? Promise.reject(refused) : good(question)
  }
  const startedMs = performance.now()
  const { results } = await verifyStage({ ...quick, deadlineMs: startedMs + 60_000 }, ports(ask))
  expect(performance.now() - startedMs).toBeLessThan(10_000)
  const hops = results.filter(({ id }) => id === 'api.templates.hops.host')
  expect(hops).toMatchObject([{ outcome: 'unseen', findings: [expect.stringContaining('not waited for')] }])
})

test('logs that come late are waited for where nothing else is broken', async () => {
  const good = site()
  const ask: Ask = async (question) => {
    if (question.kind === 'logs') await sleep(1500)
    return good(question)
  }
  const { results } = await verifyStage({ ...quick, deadlineMs: performance.now() + 60_000 }, ports(ask))
  expect(results.filter(({ outcome }) => outcome !== 'kept')).toEqual([])
})
