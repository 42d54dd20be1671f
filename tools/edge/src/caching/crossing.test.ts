import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  allViewerExceptHost,
  asSaid,
  behaviorWith,
  disabled,
  type Origin,
  optimized,
  page,
  site,
} from '../../test/caching-site.ts'

/** A signed-in page: it greets whoever the cookie names. */
const greeting =
  (cacheControl: string): Origin =>
  ({ viewer }) =>
    page(cacheControl, `Hello ${viewer.get('cookie')}`)

test('C2: under CachingOptimized the page of one is served to another for the minimum of a second, whatever the page says', async () => {
  const seeds = behaviorWith(optimized, {
    originRequestPolicy: { ...allViewerExceptHost, cookies: { behavior: 'none' } },
  })
  const { get, passSec } = site(seeds, greeting('private, no-store'))
  await get('/outreach/patients', { cookie: 'who=anna' })
  passSec(0.4)
  const leaked = await get('/outreach/patients', { cookie: 'who=ben' })
  expect([leaked.verdict, leaked.text]).toEqual(['Hit', 'Hello who=anna'])
})

test('C2: without Cache-Control that page stays for a day', async () => {
  const { get, passSec } = site(
    behaviorWith(optimized, { originRequestPolicy: allViewerExceptHost }),
    ({ viewer }) => new Response(`Hello ${viewer.get('cookie')}`),
  )
  await get('/outreach', { cookie: 'who=anna' })
  passSec(86_399)
  expect((await get('/outreach', { cookie: 'who=ben' })).text).toBe('Hello who=anna')
  passSec(1)
  expect((await get('/outreach', { cookie: 'who=ben' })).text).toBe('Hello who=ben')
})

test('C2: under CachingDisabled everyone gets the own page, whatever the origin says', async () => {
  const ours = behaviorWith(disabled, { originRequestPolicy: allViewerExceptHost })
  const person = fc.constantFrom('anna', 'ben', 'cleo')
  const said = fc.constantFrom('', 'public, max-age=60', 's-maxage=31536000', 'no-store', 'private')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(person, said), { minLength: 2, maxLength: 6 }), async (visits) => {
      const { get, caching } = site(ours, (asked) => greeting(asked.viewer.get('x-say') ?? '')(asked))
      for (const [who, say] of visits) {
        const seen = await get('/outreach/patients', { cookie: `who=${who}`, 'x-say': say })
        expect([seen.text, seen.verdict]).toEqual([`Hello who=${who}`, 'Miss'])
      }
      expect(caching.bytes).toBe(0)
    }),
  )
})

test('C8: no answer of sign-in is kept under CachingDisabled, neither redirect nor error nor one that asks for it', async () => {
  const statuses = [200, 302, 400, 404, 500, 503]
  const { get, asked, caching } = site(behaviorWith(disabled), ({ viewer }) => {
    const headers = { 'cache-control': 'public, max-age=600', location: '/', etag: '"a"' }
    return new Response('', { status: Number(viewer.get('x-status')), headers })
  })
  for (const status of [...statuses, ...statuses]) await get('/auth/callback', { 'x-status': String(status) })
  expect([asked.length, caching.bytes]).toEqual([12, 0])
})

test('C1: a payload and a page under one URL never answer for one another when the header that tells them apart is in the key', async () => {
  const keyed = { ...asSaid, headers: { behavior: 'whitelist' as const, names: ['rsc'] } }
  const { get } = site(behaviorWith(keyed), ({ viewer }) =>
    page('s-maxage=31536000', viewer.has('rsc') ? 'payload' : 'page'),
  )
  const texts = []
  for (const headers of [{ rsc: '1' }, {}, { rsc: '1' }, {}] as Record<string, string>[]) {
    texts.push((await get('/patients', headers)).text)
  }
  expect(texts).toEqual(['payload', 'page', 'payload', 'page'])
})

test('C1: Vary alone does not tell them apart: the page is served where the payload was asked for', async () => {
  const { get } = site(behaviorWith(asSaid), ({ viewer }) => {
    const headers = { 'cache-control': 's-maxage=31536000', vary: 'rsc' }
    return new Response(viewer.has('rsc') ? 'payload' : 'page', { headers })
  })
  await get('/patients')
  const crossed = await get('/patients', { rsc: '1' })
  expect([crossed.text, crossed.headers.get('vary')]).toEqual(['page', null])
})
