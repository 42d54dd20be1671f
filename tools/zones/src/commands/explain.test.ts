import { describe, expect, test } from 'vitest'
import { type ExplainArguments, explain } from './explain.ts'

const asked = (url: string, rest: Partial<ExplainArguments> = {}) =>
  explain({ url, method: 'GET', headers: [], json: false, ...rest })

interface Hops {
  readonly stage: string
  readonly routing: string
  readonly hops: readonly Record<string, unknown>[]
}

async function hopsOf(url: string, rest: Partial<ExplainArguments> = {}): Promise<Hops> {
  const outcome = await asked(url, { json: true, ...rest })
  if (outcome.kind !== 'done') throw new Error('expected an explanation')
  return JSON.parse(outcome.text)
}

const API = 'https://dev.mydreamconnect.com/outreach/api/outreach/templates'

describe('the way of the API call that the checklist makes', () => {
  test('host routing: distribution, proxy, the zone’s own distribution, its API routes', async () => {
    const { stage, routing, hops } = await hopsOf(API)
    expect([stage, routing]).toEqual(['develop', 'host'])
    expect(hops.map(({ kind }) => kind)).toEqual(['distribution', 'carried', 'distribution', 'answered'])
    expect(hops[0]).toMatchObject({ zone: 'sleepconnect', behaviorNumber: 1, pathPattern: '/outreach/api/*' })
    expect(hops[1]).toEqual({ kind: 'carried', zone: 'outreach', to: 'https://outreach-dev.mydreamconnect.com' })
    expect(hops[3]).toEqual({
      kind: 'answered',
      by: 'sax-lambda-us-east-1-0x-d-outreach-api-routes_develop',
      logGroup: '/aws/lambda/sax-lambda-us-east-1-0x-d-outreach-server_develop',
    })
  })

  test('edge routing: one distribution, then the API routes', async () => {
    const { hops } = await hopsOf(API, { routing: 'edge' })
    expect(hops.map(({ kind }) => kind)).toEqual(['distribution', 'answered'])
    expect(hops[0]).toMatchObject({ origin: 'outreach-api-routes', cache: 'never stored' })
  })
})

test.each([
  [
    'https://dreamconnect.health/outreach-static/_next/static/a.js',
    's3://sax-nextjs-us-east-production-outreach-assets',
  ],
  ['https://outreach-staging.mydreamconnect.com/outreach', 'sax-lambda-us-east-1-0x-s-outreach-server_staging'],
  ['https://outreach.mydreamconnect.com/outreach', 'sax-lambda-us-east-1-0x-d-outreach-server_develop'],
  ['https://dreamconnect.health/patients', 'sax-lambda-us-east-1-0x-p-sleep-connect-server_production'],
  ['https://dreamconnect.health', 'sax-lambda-us-east-1-0x-p-sleep-connect-server_production'],
])('%s is answered by %s', async (url, by) => {
  expect((await hopsOf(url)).hops.at(-1)).toMatchObject({ kind: 'answered', by })
})

test.each([
  ['https://dev.mydreamconnect.com/outreach/%74emplates', 'GET', 400, 'ambiguous_path'],
  ['https://dev.mydreamconnect.com/outreach/../patients', 'GET', 400, 'ambiguous_path'],
  ['https://dev.mydreamconnect.com/OUTREACH/templates', 'GET', 404, 'misspelt_zone'],
  ['https://dev.mydreamconnect.com/outreach/templates', 'DELETE', 403, 'method_not_allowed'],
])('%s %s is refused with %i', async (url, method, status, reason) => {
  expect((await hopsOf(url, { method })).hops).toEqual([{ kind: 'refused', zone: 'sleepconnect', status, reason }])
})

test('a host name of another stage is refused', async () => {
  const { hops } = await hopsOf('https://dreamconnect.health/patients', { stage: 'develop' })
  expect(hops).toEqual([{ kind: 'refused', status: 403, reason: 'unknown_host' }])
})

test('headers are told apart by name, and no value is ever printed', async () => {
  const outcome = await asked(`${API}?search=secret-name`, {
    headers: ['x-tenant-id: secret-tenant', 'accept: text/html'],
    cookie: 'x-sax-user-context=secret-token',
  })
  if (outcome.kind !== 'done') throw new Error('expected an explanation')
  expect(outcome.text).toContain('forwarded        accept, cookie')
  expect(outcome.text).toContain('dropped          x-tenant-id')
  expect(outcome.text).not.toContain('secret')
})

test.each<[why: string, url: string, rest: Partial<ExplainArguments>, says: string]>([
  ['a path alone', '/patients', {}, 'whole URL'],
  ['an unknown host', 'https://example.test/', {}, 'No stage has the name example.test'],
  ['an unknown stage', API, { stage: 'prod' }, 'There is no stage "prod"'],
  ['an unknown routing mode', API, { routing: 'cloud' }, '--routing is host or edge'],
  ['an unknown method', API, { method: 'BREW' }, '--method is one of'],
  ['a header without a colon', API, { headers: ['nonsense'] }, '--header'],
])('%s is bad input', async (_why, url, rest, says) => {
  const outcome = await asked(url, rest)
  expect(outcome).toMatchObject({ kind: 'bad-input', reason: expect.stringContaining(says) })
})
