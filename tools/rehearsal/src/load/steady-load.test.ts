import { createHash } from 'node:crypto'
import { outreach } from '@sax/topology'
import { expect, test, vi } from 'vitest'
import type { PersonClient } from './person-client.ts'
import { type LoadSeen, startSteadyLoad } from './steady-load.ts'

const [A, B] = ['0.1.0-aaaaaaaaaaaa', '0.2.0-bbbbbbbbbbbb']
const ZONE_PAGE = `${outreach.basePath}/zone`
const chunk = (release: string) => `${outreach.assetPrefix}/_next/static/chunks/${release}.js`
const files = new Map(
  [A, B].map((release) => [
    release,
    new Map([[chunk(release).slice(1), createHash('sha256').update(`code of ${release}`).digest('hex')]]),
  ]),
)
const html = (release: string, file = chunk(release), build = `build-of-${release}`) =>
  `<html data-release="${release}"><script src="${file}"></script><script>{"buildId":"${build}"}</script>`

/** A stage on which A is live, then B; `broken` answers instead where it knows better. */
function stage(
  broken: (path: string, live: string) => { status: number; body?: string } | undefined = () => undefined,
) {
  let live = A
  const client: PersonClient = {
    ask: async (url, { headers = {} } = {}) => {
      const path = new URL(url).pathname
      const isNavigation = headers['x-nextjs-data'] === '1'
      const file = [A, B].find((release) => path === chunk(release))
      const good = () => {
        if (file !== undefined) return { status: 200, body: `code of ${file}` }
        if (path === '/api') return { status: 200, body: '{}' }
        if (isNavigation)
          return path.includes(`/_next/data/build-of-${live}/`) ? { status: 200, body: '{}' } : { status: 404 }
        return { status: 200, body: html(live) }
      }
      const { status, body = '' } = broken(isNavigation ? 'navigation' : path, live) ?? good()
      const isJson = path === '/api' || (isNavigation && !body.startsWith('<'))
      const contentType = isJson ? 'application/json' : 'text/html'
      return { status, location: undefined, contentType, requestId: 'r', body: Buffer.from(body) }
    },
    cookies: async () => '',
    close: () => undefined,
  }
  return { client, flip: () => (live = B) }
}

async function loaded({ client, flip }: ReturnType<typeof stage>) {
  const load = startSteadyLoad({
    ...{
      clients: [client, client],
      perSecond: 2000,
      filesOf: (release) => files.get(release),
      nowMs: () => performance.now(),
    },
    urls: { host: 'https://host.test', outreach: 'https://zone.test' },
    paths: { hostPage: '/', zonePage: ZONE_PAGE, api: '/api' },
  })
  const worked = async (isEnough: (seen: LoadSeen) => boolean) => {
    const { asked } = load.seen()
    await vi.waitFor(() => expect(isEnough(load.seen()) && load.seen().asked > asked + 60).toBe(true), 8000)
  }
  await worked(({ releases }) => releases.includes(A))
  flip()
  load.during('deploy')
  await worked(({ oldFiles, oldTabs }) => oldFiles > 0 && oldTabs > 0)
  return load.stop()
}
const whats = async (broken: Parameters<typeof stage>[0]) =>
  (await loaded(stage(broken))).faults.map(({ what }) => what)

test('a release that nobody notices has no fault, and was seen', async () => {
  const { faults, releases, oldFiles, oldTabs, spreads } = await loaded(stage())
  expect(faults).toEqual([])
  expect(releases).toEqual([A, B])
  expect(oldFiles).toBeGreaterThan(0)
  expect(oldTabs).toBeGreaterThan(0)
  expect(spreads.map(({ kind }) => kind).toSorted()).toEqual([
    'API',
    'file',
    'file of an old tab',
    'host page',
    'navigation in an old tab',
    'zone page',
  ])
})

test.each<[what: string, broken: Parameters<typeof stage>[0], fault: string]>([
  [
    'files of the release before are dropped',
    (path, live) => (live === B && path === chunk(A) ? { status: 404 } : undefined),
    `file of an old tab ${chunk(A)} of ${A}: 404`,
  ],
  [
    'a file has other bytes under its name',
    (path, live) => (live === B && path === chunk(A) ? { status: 200, body: 'else' } : undefined),
    `file of an old tab ${chunk(A)} of ${A}: other bytes`,
  ],
  [
    'a page names files of the other build',
    (path, live) => (path === ZONE_PAGE && live === B ? { status: 200, body: html(B, chunk(A)) } : undefined),
    `zone page is of ${B} and names ${chunk(A)}, which is not`,
  ],
  [
    'an old tab is answered with a page',
    (path, live) => (path === 'navigation' && live === B ? { status: 200, body: html(B) } : undefined),
    'navigation in an old tab is answered with text/html',
  ],
  [
    'an old tab is refused',
    (path, live) => (path === 'navigation' && live === B ? { status: 502 } : undefined),
    'navigation in an old tab: 502',
  ],
  [
    'a page does not say of which build it is',
    (path, live) => (path === ZONE_PAGE && live === A ? { status: 200, body: html(A, chunk(A), '') } : undefined),
    'navigation in an old tab: its page does not say of which build it is',
  ],
  ['the API fails', (path, live) => (path === '/api' && live === B ? { status: 502 } : undefined), 'API: 502'],
])('%s: that is a fault', async (_, broken, expected) => {
  expect(await whats(broken)).toContain(expected)
})

test('a request without an answer is a fault of what was being done', async () => {
  const { client, flip } = stage()
  const ask: PersonClient['ask'] = (url, asked) =>
    url.endsWith('/api')
      ? Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNRESET' }))
      : client.ask(url, asked)
  const { faults } = await loaded({ client: { ...client, ask }, flip })
  expect(faults).toEqual([
    {
      ...{ what: 'API: ECONNRESET', requestId: undefined, during: ['before the first release', 'deploy'] },
      times: expect.any(Number),
    },
  ])
})
