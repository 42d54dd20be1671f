import type { Ask } from '@sax/probes'
import { expect, test } from 'vitest'
import { type Fault, type SiteOptions, site, stageFacts } from '../../../../packages/probes/test/good-site.ts'
import { doctor } from '../commands/doctor.ts'
import { exitCode } from '../outcome.ts'
import { look } from './look.ts'
import { noSights } from './stage-sights.ts'
import { well } from './test/good-observations.ts'

const same = (text: unknown) => String(text)
const palette = { green: same, red: same, yellow: same, dim: same, bold: same }
const { failures, functions, infrastructure, secrets } = well

function looking(
  ask: Ask,
  sights: Parameters<typeof look>[0]['sights'] = async () => ({ failures, functions, infrastructure, secrets }),
) {
  const { hostUrl, outreachUrl } = stageFacts
  return look({ stage: 'develop', hostUrl, outreachUrl, ask, sights, wallMs: () => Date.parse('2026-01-01T00:00:01Z') })
}

/** A site that answers with a date, as servers do. */
function dated(options: SiteOptions = {}): Ask {
  const ask = site(options)
  return async (question) => {
    const answer = await ask(question)
    if (answer.kind !== 'http') return answer
    return { ...answer, headers: { date: 'Thu, 01 Jan 2026 00:00:00 GMT', ...answer.headers } }
  }
}

const asked = async (options: SiteOptions, symptom?: string) => {
  const outcome = await doctor({ symptom, json: true }, { look: () => looking(dated(options)), palette })
  if (outcome.kind === 'bad-input') throw new TypeError(outcome.reason)
  return { code: exitCode(outcome), report: JSON.parse(outcome.text) }
}
const causes = async (options: SiteOptions, symptom?: string) =>
  (await asked(options, symptom)).report.diagnoses.map((one: { symptom: string; cause: { id: string } }) => [
    one.symptom,
    one.cause.id,
  ])

test('a good site is well, and that is the only way to exit with 0', async () => {
  const { code, report } = await asked({})
  expect(report).toMatchObject({ diagnoses: [], undecided: [] })
  expect(code).toBe(0)
})

test('clocks are compared by what the site says', async () => {
  expect((await looking(dated())).clockSkewSec).toEqual({ kind: 'seen', value: 1 })
})

const TEMPLATES = '/outreach/api/outreach/templates'
const bypassed = {
  status: 400,
  body: '{"code":"VALIDATION_ERROR","message":"Invalid or missing tenant_id","requestId":"r"}',
}
const at =
  (door: string, path: string, reply: NonNullable<ReturnType<Fault>>): Fault =>
  (question) =>
    question.door === door && question.path === path ? reply : undefined

test.each<[mistake: string, symptom: string, cause: string, options: SiteOptions]>([
  ['the host goes around the zone', '400-tenant', 'host-bypass', { fault: at('host', TEMPLATES, bypassed), logs: [] }],
  [
    'a cookie is lost on the way',
    '401',
    'cookie-dropped',
    {
      fault: ({ path, carries }) =>
        path === TEMPLATES && carries?.some((one) => one.kind === 'token' && one.in === 'cookie')
          ? { status: 401 }
          : undefined,
    },
  ],
  [
    'a page comes empty',
    'blank-page',
    'host-carries',
    {
      fault: ({ door, path, carries = [] }) =>
        door === 'host' && path === '/outreach/templates' && carries.length > 0 ? { status: 200 } : undefined,
    },
  ],
  [
    'a bucket forgets one of its readers',
    'static-404',
    'bucket-policy',
    {
      fault: ({ door, path }) =>
        door === 'host' && path.startsWith('/outreach-static/') ? { status: 403 } : undefined,
    },
  ],
  [
    'host and zone send people to each other',
    'redirect-loop',
    'names',
    {
      fault: ({ door, carries = [] }, good) =>
        door === 'host' && carries.length === 0 && good.status === 302
          ? { status: 302, headers: { location: `${stageFacts.outreachUrl}/outreach/templates` } }
          : undefined,
    },
  ],
  [
    'the backend was left behind',
    'skew',
    'moved-by-hand',
    { fault: at('backend', '/outreach/health', { status: 200, body: '{"data":{"status":"ok","release":"r0"}}' }) },
  ],
  [
    'a cache keeps a page',
    'stale-page',
    'cached-elsewhere',
    {
      fault: ({ path }, good) =>
        path === '/outreach/templates' && good.status === 200
          ? { ...good, headers: { ...good.headers, age: '3' } }
          : undefined,
    },
  ],
])('%s: %s, because of %s', async (_mistake, symptom, cause, options) => {
  expect(await causes(options)).toContainEqual([symptom, cause])
  expect((await asked(options)).code).toBe(1)
})

test('a database that is gone is told from a function that is', async () => {
  const degraded = { status: 200, body: '{"data":{"status":"degraded","release":"r1"}}' }
  const fault: Fault = (question) =>
    question.path === '/outreach/health' && question.door === 'backend'
      ? degraded
      : question.path === TEMPLATES
        ? { status: 503, body: '{"code":"UPSTREAM_UNAVAILABLE","message":"x","requestId":"r"}' }
        : undefined
  expect(await causes({ fault })).toEqual([['502', 'database']])
})

test('where nothing can be reached nobody is told that all is well', async () => {
  const ask: Ask = () => Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }))
  const outcome = await doctor({ symptom: undefined, json: false }, { look: () => looking(ask), palette })
  expect(exitCode(outcome)).toBe(1)
  expect(outcome).toMatchObject({ text: expect.stringContaining('cannot be reached (ECONNREFUSED)') })
})

test('on a laptop a cause is told with what is observable there, as probable', async () => {
  const ask = dated({ fault: at('host', TEMPLATES, { status: 502 }) })
  const outcome = await doctor(
    { symptom: '502', json: false },
    { look: () => looking(ask, async () => noSights), palette },
  )
  expect(outcome).toMatchObject({ text: expect.stringContaining('Cause (probable: not everything could be seen)') })
})

test('neither tokens nor bodies nor queries of a sign-in come out', async () => {
  const { report } = await asked({ fault: at('host', TEMPLATES, bypassed) })
  expect(JSON.stringify(report)).not.toMatch(/Dana|Harbor|returnTo|eyJ/)
})

test('a symptom that nobody knows is bad input, and nothing is asked', async () => {
  const never = () => Promise.reject(new Error('nothing may be asked'))
  expect(exitCode(await doctor({ symptom: 'hiccups', json: false }, { look: never, palette }))).toBe(2)
})
