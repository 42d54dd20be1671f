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

const saying =
  (cacheControl: string, body?: string): Origin =>
  () =>
    page(cacheControl, body)

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

test('a range of a kept error is the error', async () => {
  const { get } = site(behaviorWith(asSaid), () => new Response('not here', { status: 404 }))
  await get('/a')
  const seen = await get('/a', { range: 'bytes=0-1', 'if-none-match': '*' })
  expect([seen.status, seen.text, seen.ageSec]).toEqual([404, 'not here', 0])
})
