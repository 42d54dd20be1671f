import { expect, test } from 'vitest'
import { type Fault, goodCalls, goodLines, goodStarts, type SiteOptions, site, stageFacts } from '../test/good-site.ts'
import { type ProbeResult, runProbe } from './run.ts'
import type { StageFacts } from './stage-facts.ts'
import { quickStageProbes, stageProbes } from './stage-probes.ts'

async function verified(options: SiteOptions = {}, facts: StageFacts = stageFacts): Promise<readonly ProbeResult[]> {
  const results: ProbeResult[] = []
  for (const probe of stageProbes(facts)) results.push(await runProbe(probe, site(options), () => 0))
  return results
}

const withoutEdge = goodLines.filter(({ service }) => service !== 'edge')
const good: SiteOptions = { logs: goodLines }

test('a stage that keeps every promise is found so', async () => {
  const results = await verified(good)
  expect(results.filter(({ outcome }) => outcome !== 'kept').map(({ id, findings }) => ({ id, findings }))).toEqual([])
})

test('every probe of a stage has an id of its own', () => {
  const ids = stageProbes(stageFacts).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a distribution whose log comes later is not waited for, and every function still is', async () => {
  const outcomeOf = async (logs: typeof goodLines) =>
    (await verified({ logs })).find(({ id }) => id === 'api.templates.hops.host')?.findings
  expect(await outcomeOf(withoutEdge)).toEqual([])
  expect(await outcomeOf(withoutEdge.filter(({ service }) => service !== 'sleepconnect'))).toEqual([
    'sleepconnect wrote 0 request lines under the id, owed 1',
  ])
})

const health = (release: string) => ({
  status: 200,
  headers: { 'cache-control': 'private, no-store' },
  body: JSON.stringify({ data: { status: 'ok', release, contracts: { api: 1 } } }),
})
const answering =
  (door: string, status: number): Fault =>
  (question) =>
    question.door === door ? { status, body: 'x' } : undefined

test.each<[mistake: string, probe: string, options: SiteOptions]>([
  [
    "S12: a function's own address answers anybody",
    'origins.function-url.outreach-server',
    { fault: answering('function-url:outreach-server', 200) },
  ],
  [
    'S12: it answers, if only that there is nothing',
    'origins.function-url.outreach-server',
    { fault: answering('function-url:outreach-server', 404) },
  ],
  [
    'a bucket says what it does not have, so that anybody may list it',
    'origins.bucket.outreach',
    { bucket: { directStatus: 404 } },
  ],
  ['S12: a bucket may be opened to the public', 'origins.bucket.outreach', { bucket: { blocksPublic: false } }],
  [
    'R6: a hashed file is forbidden on an old name',
    'assets.zone.old.site.test',
    { fault: answering('old.site.test', 403) },
  ],
  ['a certificate of another name', 'tls.site.test', { tls: { distrust: 'ERR_TLS_CERT_ALTNAME_INVALID' } }],
  ['a certificate that ends in 29 days', 'tls.site.test', { tls: { daysLeft: 29.9 } }],
  ['TLS 1.1 is spoken still', 'tls.site.test', { tls: { oldAccepted: ['TLSv1.1'] } }],
  [
    'a function takes three seconds and more to start',
    'timing.cold',
    { calls: [{ role: 'outreach-server', status: 'success', durationMs: 1, initMs: 3001 }] },
  ],
  [
    'a function that has run all hour took three seconds and more when it was released',
    'timing.cold',
    { starts: [{ role: 'sleep-connect-server', initMs: 3001, of: 'deploy of r1' }] },
  ],
  [
    'one call of three runs out of time',
    'timing.failures',
    { calls: [...goodCalls, { role: 'outreach-server', status: 'timeout', durationMs: 30_000, initMs: undefined }] },
  ],
  ['the platform has seen none of the calls', 'timing.failures', { calls: [] }],
  [
    'D7: a rolled-back function still runs the new release behind one name',
    'release.expected',
    { fault: ({ path, door }) => (path === '/outreach/health' && door === 'outreach' ? health('r2') : undefined) },
  ],
  [
    'the backend was left behind',
    'release.expected',
    { fault: ({ door, path }) => (door === 'backend' && path === '/outreach/health' ? health('r0') : undefined) },
  ],
  [
    'a part says nothing of its release',
    'release.expected',
    { fault: ({ path }) => (path === '/api/health' ? { status: 503 } : undefined) },
  ],
])('%s: seen by %s', async (_mistake, probe, options) => {
  const broken = (await verified({ ...good, ...options })).filter(({ outcome }) => outcome === 'broken')
  expect(broken.map(({ id }) => id)).toContain(probe)
})

test('without an expected release it is enough that all run the same, and two are still seen', async () => {
  const facts = { ...stageFacts, expected: undefined }
  const found = async (options: SiteOptions) =>
    (await verified({ ...good, ...options }, facts)).find(({ id }) => id === 'release.expected')?.outcome
  expect(await found({})).toBe('kept')
  expect(
    await found({
      fault: ({ door, path }) => (door === 'backend' && path === '/outreach/health' ? health('r0') : undefined),
    }),
  ).toBe('broken')
})

test('of a function that is not part of the release it only matters that it says what it runs', async () => {
  const facts = { ...stageFacts, expected: { 'outreach-server': 'r1' } }
  const found = async (options: SiteOptions) =>
    (await verified({ ...good, ...options }, facts)).find(({ id }) => id === 'release.expected')?.findings
  const other: Fault = ({ door, path }) =>
    door === 'backend' && path === '/outreach/health' ? health('r0') : undefined
  expect(await found({ fault: other })).toEqual([])
  expect(await found({ fault: ({ path }) => (path === '/api/health' ? { status: 200 } : undefined) })).toEqual([
    'sleep-connect-server at host: says no release',
  ])
})

test('people of verification have one template and never a patient: a patient in their lists is a finding', async () => {
  const one = '[{"id":"t1","name":"Welcome Message","tenantId":"tenant-1","practiceId":null}]'
  const list = (data: string, total: number) => ({
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store' },
    body: JSON.stringify({ data: JSON.parse(data), pagination: { total }, filler: 'x'.repeat(200) }),
  })
  const empty: Fault = ({ path }, ok) =>
    ok.status === 200 && path.endsWith('/patients')
      ? list('[]', 0)
      : ok.status === 200 && path.includes('/templates?limit=2&offset=')
        ? list(path.endsWith('=0') ? one : '[]', 1)
        : undefined
  const lean = { ...stageFacts, leastTemplates: 1, emptyResources: ['patients'] }
  const found = async (facts: StageFacts, options: SiteOptions, id: string) =>
    (await verified({ ...good, ...options }, facts)).find((result) => result.id === id)?.outcome
  expect(await found(lean, { fault: empty }, 'isolation.json')).toBe('kept')
  expect(await found(lean, { fault: empty }, 'api.pagination')).toBe('kept')
  expect(await found(stageFacts, { fault: empty }, 'isolation.json')).toBe('broken')
  expect(await found(stageFacts, { fault: empty }, 'api.pagination')).toBe('broken')
  expect(await found(lean, {}, 'isolation.json')).toBe('broken')
})

test('where a bucket cannot be asked directly, it is enough that it blocks the public', async () => {
  const results = await verified({ ...good, bucket: { directStatus: undefined } })
  expect(results.find(({ id }) => id === 'origins.bucket.outreach')?.outcome).toBe('kept')
})

/** How long functions take to start, as far as `options` lets it be seen. */
async function coldStarts(options: SiteOptions) {
  const result = (await verified({ ...good, ...options })).find(({ id }) => id === 'timing.cold')
  return { outcome: result?.outcome, findings: result?.findings, told: result?.evidence.map(({ answer }) => answer) }
}

const warm = goodCalls.filter(({ initMs }) => initMs === undefined)
const bothStarts = [...goodStarts, { role: 'outreach-server', initMs: 812.4, of: 'rollback to r1' }]

test('a start counts with what was measured: role, time, and where that stands', async () => {
  expect(await coldStarts({})).toEqual({
    outcome: 'kept',
    findings: [],
    told: [
      '2 calls, 1 of them cold, at most: outreach-server 800 ms',
      'sleep-connect-server 900 ms (deploy of r1 at 2026-01-01T00:00:00.000Z)',
    ],
  })
})

test('where nothing has started for an hour, what releases saw of the same versions is looked at', async () => {
  expect(await coldStarts({ calls: warm, starts: bothStarts })).toEqual({
    outcome: 'kept',
    findings: [],
    told: [
      '1 calls, none of them cold',
      'sleep-connect-server 900 ms (deploy of r1 at 2026-01-01T00:00:00.000Z), outreach-server 812 ms (rollback to r1)',
    ],
  })
})

test.each<[why: string, options: SiteOptions, sentence: string]>([
  [
    'nothing was written down',
    { calls: warm, starts: [] },
    'no start of sleep-connect-server, outreach-server in the last hour, and none that a release wrote down: deploy what is live once more, which measures it',
  ],
  [
    'one is missing from what was written down',
    { calls: warm, starts: goodStarts },
    'no start of outreach-server in the last hour, and none that a release wrote down: deploy what is live once more, which measures it',
  ],
  ['records cannot be read', { calls: warm, starts: 'unavailable' }, 'no records here'],
])('a function of whose start nothing is known is not taken for quick: %s', async (_why, options, sentence) => {
  expect(await coldStarts(options)).toMatchObject({ outcome: 'unseen', findings: [sentence] })
})

test('a slow site is seen by the median, and one slow answer is not held against it', async () => {
  const [probe] = stageProbes(stageFacts).filter(({ id }) => id === 'timing.warm.host')
  const outcome = async (elapsed: (count: number) => number) => {
    let count = 0
    const ask = site(good)
    const result =
      probe &&
      (await runProbe(
        probe,
        async (question) => {
          const answer = await ask(question)
          count += 1
          return answer.kind === 'http' ? { ...answer, elapsedMs: elapsed(count) } : answer
        },
        () => 0,
      ))
    return result?.findings
  }
  expect(await outcome((count) => (count < 5 ? 2000 : 100))).toEqual([])
  expect(await outcome((count) => (count < 7 ? 501 : 100))).toEqual(['half of 9 requests took 501 ms or more'])
})

test('the quick part needs no session and leaves out what takes long', () => {
  const ids = quickStageProbes(stageFacts).map(({ id }) => id)
  expect(ids).toEqual(
    expect.arrayContaining([
      'api.templates.hops.host',
      'release.expected',
      'context.forged',
      'assets.zone.old.site.test',
    ]),
  )
  expect(ids.filter((id) => /^(?:paths|timing|tls|assets\.named|anonymous)/.test(id))).toEqual([])
})
