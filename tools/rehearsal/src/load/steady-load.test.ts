import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { outreach } from '@sax/topology'
import { expect, test } from 'vitest'
import type { PersonClient } from './person-client.ts'
import { startSteadyLoad } from './steady-load.ts'

const [A, B] = ['0.1.0-aaaaaaaaaaaa', '0.2.0-bbbbbbbbbbbb']
const chunk = (release: string) => `${outreach.assetPrefix}/_next/static/chunks/${release}.js`
const files = new Map(
  [A, B].map((release) => [
    release,
    new Map([[chunk(release).slice(1), createHash('sha256').update(`code of ${release}`).digest('hex')]]),
  ]),
)
const html = (release: string, file = chunk(release)) => `<html data-release="${release}"><script src="${file}">`

/** A stage on which A is live, then B; `broken` answers instead where it knows better. */
function stage(
  broken: (path: string, live: string) => { status: number; body?: string } | undefined = () => undefined,
) {
  let live = A
  const client: PersonClient = {
    ask: async (url) => {
      const path = new URL(url).pathname
      const file = [A, B].find((release) => path === chunk(release))
      const good = () => {
        if (file !== undefined) return { status: 200, body: `code of ${file}` }
        return { status: 200, body: path === '/api' ? '{}' : html(live) }
      }
      const { status, body = '' } = broken(path, live) ?? good()
      const contentType = path === '/api' ? 'application/json' : 'text/html'
      return { status, location: undefined, contentType, requestId: 'r', body: Buffer.from(body) }
    },
    cookies: async () => '',
    close: () => undefined,
  }
  return { client, flip: () => (live = B) }
}

async function loaded({ client, flip }: ReturnType<typeof stage>) {
  const load = startSteadyLoad({
    ...{ client, perSecond: 2000, filesOf: (release) => files.get(release), nowMs: () => performance.now() },
    urls: { host: 'https://host.test', outreach: 'https://zone.test' },
    paths: { hostPage: '/', zonePage: '/zone', api: '/api' },
  })
  await wait(50)
  flip()
  load.during('deploy')
  await wait(50)
  return load.stop()
}
const whats = async (broken: Parameters<typeof stage>[0]) =>
  (await loaded(stage(broken))).faults.map(({ what }) => what)

test('a release that nobody notices has no fault, and was seen', async () => {
  const { faults, releases, oldFiles, spreads } = await loaded(stage())
  expect(faults).toEqual([])
  expect(releases).toEqual([A, B])
  expect(oldFiles).toBeGreaterThan(0)
  expect(spreads.map(({ kind }) => kind).toSorted()).toEqual([
    'API',
    'file',
    'file of an old tab',
    'host page',
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
    (path, live) => (path === '/zone' && live === B ? { status: 200, body: html(B, chunk(A)) } : undefined),
    `zone page is of ${B} and names ${chunk(A)}, which is not`,
  ],
  ['the API fails', (path, live) => (path === '/api' && live === B ? { status: 502 } : undefined), 'API: 502'],
])('%s: that is a fault', async (_, broken, expected) => {
  expect(await whats(broken)).toContain(expected)
})

test('a request without an answer is a fault of what was being done', async () => {
  const { client, flip } = stage()
  const ask: PersonClient['ask'] = (url) =>
    url.endsWith('/api') ? Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNRESET' })) : client.ask(url)
  const { faults } = await loaded({ client: { ...client, ask }, flip })
  expect(faults).toEqual([
    {
      ...{ what: 'API: ECONNRESET', requestId: undefined, during: ['before the first release', 'deploy'] },
      times: expect.any(Number),
    },
  ])
})
