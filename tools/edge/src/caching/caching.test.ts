import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allViewerExceptHost, asSaid, behaviorWith, disabled, type Origin, optimized, site } from './test-site.ts'

const page = (cacheControl: string, body = 'page'): Response =>
  new Response(body, { headers: { 'cache-control': cacheControl } })

const saying =
  (cacheControl: string, body?: string): Origin =>
  () =>
    page(cacheControl, body)

/** A signed-in page: it greets whoever the cookie names. */
const greeting =
  (cacheControl: string): Origin =>
  ({ viewer }) =>
    page(cacheControl, `Hello ${viewer.get('cookie')}`)

test('the first request is a miss, later ones are hits with an age, until the lifetime is over', async () => {
  const { get, asked, passSec } = site(behaviorWith(asSaid), saying('max-age=60'))
  const first = await get('/a')
  passSec(59.9)
  const second = await get('/a')
  passSec(0.1)
  const third = await get('/a')
  expect([first.verdict, second.verdict, third.verdict]).toEqual(['Miss', 'Hit', 'Miss'])
  expect([first.ageSec, second.ageSec, third.ageSec]).toEqual([undefined, 59, undefined])
  expect(second.text).toBe('page')
  expect(asked).toHaveLength(2)
})

test('a viewer’s Cache-Control and Pragma do not get past the cache', async () => {
  const { get } = site(behaviorWith(asSaid), saying('max-age=60'))
  await get('/a')
  expect((await get('/a', { 'cache-control': 'no-cache', pragma: 'no-cache' })).verdict).toBe('Hit')
})

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
    saying(
      's-maxage=31536000',
      viewer.has('rsc') ? 'payload' : 'page',
    )({ method: 'GET', own: {}, viewer, isShared: true }),
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

test('a method that is not cached goes through, and takes nothing from the cache', async () => {
  const { get, asked } = site(behaviorWith(asSaid), ({ method }) => page('max-age=60', method))
  await get('/a')
  const posted = await get('/a', {}, 'POST')
  expect([posted.text, posted.verdict, asked.length]).toEqual(['POST', 'Miss', 2])
})

test('a HEAD is answered from a kept GET, a GET never from a kept HEAD', async () => {
  const { get, asked } = site(behaviorWith(asSaid), ({ method }) => {
    const headers = { 'cache-control': 'max-age=60', 'content-length': '4' }
    return new Response(method === 'HEAD' ? null : 'page', { headers })
  })
  expect((await get('/head', {}, 'HEAD')).verdict).toBe('Miss')
  expect((await get('/head', {}, 'HEAD')).verdict).toBe('Hit')
  expect((await get('/head')).verdict).toBe('Miss')
  await get('/get')
  const head = await get('/get', {}, 'HEAD')
  expect([head.verdict, head.text, head.headers.get('content-length')]).toEqual(['Hit', '', '4'])
  expect(asked.map(({ method }) => method)).toEqual(['HEAD', 'GET', 'GET'])
})

test('errors are errors, kept or not, and a redirect is kept like a page', async () => {
  const { get, asked } = site(behaviorWith(asSaid), ({ viewer }) => {
    const status = Number(viewer.get('x-status'))
    return new Response('said', {
      status,
      headers: { location: '/b', ...(status === 302 ? { 'cache-control': 'max-age=9' } : {}) },
    })
  })
  const visit = async (target: string, status: number) => (await get(target, { 'x-status': String(status) })).verdict
  expect([await visit('/404', 404), await visit('/404', 200)]).toEqual(['Error', 'Error'])
  expect([await visit('/401', 401), await visit('/401', 401)]).toEqual(['Error', 'Error'])
  expect([await visit('/302', 302), await visit('/302', 200)]).toEqual(['Miss', 'Hit'])
  expect(asked).toHaveLength(4)
})

test('a kept error is forgotten after the minimum for errors', async () => {
  let status = 404
  const { get, passSec } = site(
    behaviorWith(asSaid),
    () => new Response('', { status, headers: { 'cache-control': 'max-age=5' } }),
  )
  await get('/a')
  status = 200
  passSec(9)
  expect((await get('/a')).status).toBe(404)
  passSec(1)
  expect((await get('/a')).status).toBe(200)
})

test('a viewer that holds the object gets 304 from the cache', async () => {
  const headers = { 'cache-control': 'max-age=60', etag: '"a"', 'content-type': 'text/css' }
  const { get, asked } = site(behaviorWith(asSaid), () => new Response('page', { headers }))
  await get('/a')
  const held = await get('/a', { 'if-none-match': '"a"' })
  expect([held.status, held.verdict, held.text, held.headers.get('etag')]).toEqual([304, 'Hit', '', '"a"'])
  expect([held.headers.get('content-length'), asked.length]).toEqual([null, 1])
})

test('a range of a kept object is served from it; of one that is not kept it is asked for and not kept', async () => {
  const { get, asked } = site(behaviorWith(asSaid), ({ viewer }) =>
    viewer.has('range')
      ? new Response('12', { status: 206, headers: { 'content-range': 'bytes 1-2/4', 'cache-control': 'max-age=60' } })
      : page('max-age=60', '0123'),
  )
  const early = await get('/a', { range: 'bytes=1-2' })
  const whole = await get('/a')
  const late = await get('/a', { range: 'bytes=1-2' })
  const beyond = await get('/a', { range: 'bytes=4-' })
  expect([early.verdict, whole.text, late.verdict, late.text]).toEqual(['Miss', '0123', 'Hit', '12'])
  expect([late.status, late.headers.get('content-range'), late.headers.get('content-length')]).toEqual([
    206,
    'bytes 1-2/4',
    '2',
  ])
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */4'])
  expect(asked).toHaveLength(2)
})

test('Set-Cookie goes away where no cookies go in', async () => {
  const origin: Origin = () => new Response('', { headers: { 'set-cookie': 'a=1', 'cache-control': 'max-age=60' } })
  for (const policy of [asSaid, disabled]) {
    const { get } = site(behaviorWith(policy), origin)
    expect((await get('/a')).headers.getSetCookie()).toEqual([])
  }
})

test.each([
  ['max-age=60', ['a=1', 'b=2'], ['a=1', 'b=2']],
  ['max-age=60, no-cache="Set-Cookie"', ['a=1', 'b=2'], []],
])('with «%s», cookies the first viewer gets are %j, those of later viewers %j', async (cacheControl, first, later) => {
  const { get } = site(behaviorWith(asSaid, { originRequestPolicy: allViewerExceptHost }), () => {
    const headers = new Headers({ 'cache-control': cacheControl })
    for (const cookie of ['a=1', 'b=2']) headers.append('set-cookie', cookie)
    return new Response('', { headers })
  })
  const cookies = [(await get('/a')).headers.getSetCookie(), (await get('/a')).headers.getSetCookie()]
  expect(cookies).toEqual([first, later])
})

test('the origin is asked for the encodings policy and viewer agree on, and for none the policy does not keep', async () => {
  const { get, asked } = site(behaviorWith(optimized), saying('max-age=0'))
  await get('/1', { 'accept-encoding': 'deflate, gzip, br' })
  await get('/2', { 'accept-encoding': 'zstd' })
  await get('/3')
  const plain = site(behaviorWith(disabled), saying('max-age=0'))
  await plain.get('/4', { 'accept-encoding': 'gzip' })
  expect([...asked, ...plain.asked].map(({ own }) => own['accept-encoding'])).toEqual([
    'br,gzip',
    'identity',
    undefined,
    undefined,
  ])
})

test('what is kept stays within the limit, and what was not asked for longest goes first', async () => {
  const { get, caching } = site(behaviorWith(asSaid), saying('max-age=60', 'x'.repeat(20_000)), { maxBytes: 100_000 })
  for (const name of ['a', 'b', 'c', 'd']) await get(`/${name}`)
  await get('/a')
  await get('/e')
  expect(caching.bytes).toBeLessThanOrEqual(100_000)
  expect(caching.bytes).toBeGreaterThan(80_000)
  expect([(await get('/a')).verdict, (await get('/b')).verdict]).toEqual(['Hit', 'Miss'])
})

test('an object of more than a quarter of the cache is not kept, announced or not', async () => {
  const big = 'x'.repeat(25_001)
  const { get, caching } = site(
    behaviorWith(asSaid),
    ({ viewer }) => {
      const announced: Record<string, string> = viewer.has('x-announced')
        ? { 'content-length': String(big.length) }
        : {}
      return new Response(new Blob([big]).stream(), { headers: { 'cache-control': 'max-age=60', ...announced } })
    },
    { maxBytes: 100_000 },
  )
  expect((await get('/a', { 'x-announced': '1' })).text).toHaveLength(25_001)
  expect((await get('/b')).text).toHaveLength(25_001)
  expect(caching.bytes).toBe(0)
})
