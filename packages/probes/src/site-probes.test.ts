import { describe, expect, test } from 'vitest'
import { type Fault, facts, goodLines, type SiteOptions, site } from '../test/good-site.ts'
import { type ProbeResult, runProbe } from './run.ts'
import { siteProbes } from './site-probes.ts'

async function verified(options: SiteOptions = {}): Promise<readonly ProbeResult[]> {
  const results: ProbeResult[] = []
  for (const probe of siteProbes(facts)) results.push(await runProbe(probe, site(options), () => 0))
  return results
}

const idsThatAre = (results: readonly ProbeResult[], outcome: ProbeResult['outcome']) =>
  results.filter((result) => result.outcome === outcome).map(({ id }) => id)

test('a site that keeps every promise is found so', async () => {
  const results = await verified()
  expect(results.filter(({ outcome }) => outcome !== 'kept').map(({ id, findings }) => ({ id, findings }))).toEqual([])
  expect(results.length).toBeGreaterThan(60)
})

test('every probe has an id of its own', () => {
  const ids = siteProbes(facts).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

const TEMPLATES = '/outreach/api/outreach/templates'
const bypassed = {
  status: 400,
  body: '{"code":"VALIDATION_ERROR","message":"Invalid or missing tenant_id","requestId":"r"}',
}

describe('each mistake is seen by the probe that is there for it', () => {
  test.each<[mistake: string, probe: string, fault: Fault]>([
    [
      'R1: a style sheet is not where the page says',
      'assets.named.host',
      ({ path }) => (path.endsWith('a1.css') ? { status: 404 } : undefined),
    ],
    [
      "R2: the zone's API goes around the zone",
      'api.templates.executed.host',
      ({ path, door }) => (door === 'host' && path === TEMPLATES ? bypassed : undefined),
    ],
    [
      'R3: a page answers 200 with nothing in it',
      'standalone.token-holder',
      ({ path }, good) => (path === '/outreach' && good.status === 200 ? { ...good, body: '' } : undefined),
    ],
    [
      'R5: the exact base path is not found',
      'standalone.token-holder',
      ({ path, door }) => (door === 'host' && path === '/outreach' ? { status: 404 } : undefined),
    ],
    [
      'R6: hashed files are refused on one of the names',
      'assets.named.outreach',
      ({ path, door }) => (door === 'outreach' && path.includes('/chunks/') ? { status: 403 } : undefined),
    ],
    [
      'R9: a tenant named by the caller is believed',
      'api.identity-headers.host',
      ({ headers, carries }) =>
        headers?.['x-tenant-id'] === 'tenant-2' && carries?.some((one) => one.kind === 'token' && one.in === 'cookie')
          ? {
              status: 200,
              headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store' },
              body: JSON.stringify({
                data: [{ id: 'x', tenantId: 'tenant-2', practiceId: null, name: 'x'.repeat(200) }],
              }),
            }
          : undefined,
    ],
    [
      'R10: an encoded path reaches the backend',
      'paths.encoded-letter',
      ({ path }) => (path.includes('%74emplates') ? bypassed : undefined),
    ],
    [
      'R11: a page is open to anyone',
      'anonymous.get.host:/patients',
      ({ path, carries }) => (path === '/patients' && !carries ? { status: 200, body: 'x' } : undefined),
    ],
    [
      'R14: an unknown name is served by some origin',
      'headers.foreign-host',
      ({ headers }) => (headers?.host ? { status: 200 } : undefined),
    ],
    [
      'C1: navigation data is served as a page',
      'isolation.data',
      ({ path, headers }, good) =>
        path === '/outreach/templates' && headers?.accept === 'text/html'
          ? { ...good, headers: { ...good.headers, 'content-type': 'application/json' } }
          : undefined,
    ],
    [
      'a missing hashed file is kept for a year',
      'assets.missing',
      ({ path }) =>
        path.includes('0000000000000000')
          ? { status: 404, headers: { 'cache-control': 'max-age=9, immutable' } }
          : undefined,
    ],
    [
      'C8: a refusal may be stored',
      'headers.api',
      (_, good) => (good.status === 401 ? { ...good, headers: { 'x-content-type-options': 'nosniff' } } : undefined),
    ],
    [
      'S10: a route of the sign-in SDK is open',
      'anonymous.sign-in-sdk',
      ({ path }) => (path === '/auth/profile' ? { status: 200, body: '{}' } : undefined),
    ],
    [
      'S11: an inner header of the framework comes out',
      'headers.page',
      ({ path }, good) =>
        path === '/outreach/templates'
          ? { ...good, headers: { ...good.headers, 'x-middleware-rewrite': '/x' } }
          : undefined,
    ],
    [
      'S14: a bad header hides a good cookie',
      'context.bad-header-good-cookie',
      ({ carries }) =>
        carries?.some((one) => one.kind === 'token' && one.in === 'header') ? { status: 401 } : undefined,
    ],
    [
      'S15: a forwarded host from outside comes back',
      'headers.forwarded-host',
      ({ headers }) =>
        headers?.['x-forwarded-host']
          ? { status: 302, headers: { location: 'http://forwarded.example.test/' } }
          : undefined,
    ],
    [
      'A13: pages of a list overlap',
      'api.pagination',
      ({ path }) =>
        path.includes('limit=2')
          ? { status: 200, body: '{"data":[{"id":"a"},{"id":"b"}],"pagination":{"total":9}}' }
          : undefined,
    ],
    [
      'S2: an unsigned token is believed',
      'context.alg-none',
      ({ carries }) =>
        carries?.some((one) => one.kind === 'token' && one.flaw === 'alg-none') ? { status: 200 } : undefined,
    ],
    [
      'a token is not checked by the backend itself',
      'backend.expired',
      ({ carries, door }) =>
        door === 'backend' && carries?.some((one) => one.kind === 'token' && one.flaw === 'expired')
          ? { status: 200 }
          : undefined,
    ],
    ['a 9 kB URL is let through', 'paths.long-url', ({ path }) => (path.length > 8192 ? { status: 500 } : undefined)],
    [
      'a part does not say its release',
      'release.named',
      ({ path }) => (path === '/api/health' ? { status: 200, body: '{"data":{"status":"ok"}}' } : undefined),
    ],
    [
      'the two names show different releases',
      'release.same-behind-both-names',
      ({ path, door }) =>
        door === 'outreach' && path === '/outreach/health'
          ? { status: 200, body: '{"data":{"status":"ok","release":"r2"}}' }
          : undefined,
    ],
  ])('%s', async (_mistake, probe, fault) => {
    expect(idsThatAre(await verified({ fault }), 'broken')).toContain(probe)
  })
})

test('C2: a page kept for the first person and served to the second is seen', async () => {
  let kept: ReturnType<Fault>
  const fault: Fault = ({ path, carries, headers }, good) => {
    if (path !== '/outreach/templates' || !carries || headers?.['x-nextjs-data'] || good.status !== 200)
      return undefined
    kept ??= good
    return kept
  }
  expect(idsThatAre(await verified({ fault }), 'broken')).toContain('isolation.html')
})

test('S9: a query in a request line is seen', async () => {
  const logs = goodLines.map((line) => ({ ...line, fields: { ...line.fields, path: '/x?search=name' } }))
  expect(idsThatAre(await verified({ logs }), 'broken')).toContain('api.templates.hops.host')
})

test('a hop that writes nothing is named', async () => {
  const logs = goodLines.filter(({ service }) => service !== 'sleepconnect')
  const results = await verified({ logs })
  expect(results.find(({ id }) => id === 'api.templates.hops.host')?.findings).toEqual([
    'sleepconnect wrote 0 request lines under the id, owed 1',
  ])
})

test('what cannot be asked is unseen, never kept', async () => {
  const results = await verified({ sessions: false, logs: 'unavailable' })
  expect(idsThatAre(results, 'unseen')).toEqual([
    'api.templates.hops.host',
    'api.templates.hops.outreach',
    'context.session-wins',
    'assets.named.host',
    'headers.host-page',
  ])
  expect(idsThatAre(results, 'broken')).toEqual([])
})

test('a site that does not answer breaks every promise and ends no run', async () => {
  const down = () => Promise.reject(Object.assign(new Error('secret'), { code: 'ECONNREFUSED' }))
  for (const probe of siteProbes(facts)) {
    const result = await runProbe(probe, down, () => 0)
    expect(result.outcome).toBe('broken')
    expect(result.findings).toEqual(['the probe could not finish: ECONNREFUSED'])
  }
})
