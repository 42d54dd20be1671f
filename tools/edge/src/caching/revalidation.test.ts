import { describe, expect, test } from 'vitest'
import { asSaid, behaviorWith, changing, optimized, site } from '../../test/caching-site.ts'

const noon = 'Mon, 01 Jun 2026 12:00:00 GMT'

describe('an expired object', () => {
  test('is asked about by its ETag and date, and lives on after 304', async () => {
    const { origin, then } = changing({
      'cache-control': 'max-age=60',
      etag: '"a"',
      'last-modified': noon,
      'x-build': '1',
    })
    const { get, asked, passSec } = site(behaviorWith(asSaid), origin)
    await get('/a')
    then(() => new Response(null, { status: 304, headers: { 'cache-control': 'max-age=5', 'x-build': '2' } }))
    passSec(60)
    const refreshed = await get('/a')
    expect(asked[1]?.own).toEqual({ 'if-none-match': '"a"', 'if-modified-since': noon })
    expect([refreshed.verdict, refreshed.status, refreshed.text, refreshed.ageSec]).toEqual([
      'RefreshHit',
      200,
      'old',
      0,
    ])
    expect([refreshed.headers.get('x-build'), refreshed.headers.get('cache-control')]).toEqual(['2', 'max-age=5'])
    passSec(4)
    expect((await get('/a')).verdict).toBe('Hit')
    passSec(1)
    expect((await get('/a')).verdict).toBe('RefreshHit')
  })

  test('is replaced by a new one', async () => {
    const { origin, then } = changing({ 'cache-control': 'max-age=60', etag: '"a"' })
    const { get, passSec } = site(behaviorWith(asSaid), origin)
    await get('/a')
    then(() => new Response('new', { headers: { 'cache-control': 'max-age=60', etag: '"b"' } }))
    passSec(60)
    const replaced = await get('/a')
    expect([replaced.verdict, replaced.text, (await get('/a')).text]).toEqual(['Miss', 'new', 'new'])
  })

  test('is asked for whole when it came without ETag and date', async () => {
    const { get, asked, passSec } = site(behaviorWith(asSaid), changing({ 'cache-control': 'max-age=60' }).origin)
    await get('/a')
    passSec(60)
    expect((await get('/a')).verdict).toBe('Miss')
    expect(asked[1]?.own).toEqual({})
  })

  test('is forgotten when the new one may not be kept', async () => {
    const { origin, then } = changing({ 'cache-control': 'max-age=60', etag: '"a"' })
    const { get, caching, passSec } = site(behaviorWith(asSaid), origin)
    await get('/a')
    then(() => new Response('mine', { headers: { 'cache-control': 'private' } }))
    passSec(60)
    await get('/a')
    expect(caching.bytes).toBe(0)
  })

  test('whose viewer holds it is asked about for the cache, and answered by 304 for the viewer', async () => {
    const { origin, then } = changing({ 'cache-control': 'max-age=60', etag: '"a"' })
    const { get, asked, passSec } = site(behaviorWith(asSaid), origin)
    await get('/a')
    then(() => new Response(null, { status: 304 }))
    passSec(60)
    const held = await get('/a', { 'if-none-match': '"a"' })
    expect([held.status, held.verdict, asked[1]?.own['if-none-match']]).toEqual([304, 'RefreshHit', '"a"'])
    expect((await get('/a')).text).toBe('old')
  })

  test('whose origin forbids keeping it with the 304 is served once and forgotten', async () => {
    const { origin, then } = changing({ 'cache-control': 'max-age=60', etag: '"a"' })
    const { get, caching, passSec } = site(behaviorWith(asSaid), origin)
    await get('/a')
    then(() => new Response(null, { status: 304, headers: { 'cache-control': 'no-store' } }))
    passSec(60)
    expect([(await get('/a')).text, caching.bytes]).toEqual(['old', 0])
  })
})

test('an object of no lifetime is asked about every time', async () => {
  const { origin, then } = changing({ 'cache-control': 'max-age=0', etag: '"a"' })
  const { get, asked } = site(behaviorWith(asSaid), origin)
  await get('/a')
  then(() => new Response(null, { status: 304 }))
  expect([(await get('/a')).verdict, (await get('/a')).verdict, asked.length]).toEqual(['RefreshHit', 'RefreshHit', 3])
})

test('Vary: * asks for the whole object every time, unconditionally, unless there is a minimum lifetime', async () => {
  const headers = { 'cache-control': 'max-age=60', etag: '"a"', vary: '*' }
  const open = site(behaviorWith(asSaid), changing(headers).origin)
  await open.get('/a')
  expect([(await open.get('/a')).verdict, open.asked[1]?.own]).toEqual(['Miss', {}])
  const minimum = site(behaviorWith(optimized), changing(headers).origin)
  await minimum.get('/a')
  expect((await minimum.get('/a')).verdict).toBe('Hit')
})

test('a 304 brings headers up to date, but not those that describe the bytes', async () => {
  const { origin, then } = changing({
    'cache-control': 'max-age=60',
    etag: '"a"',
    'content-type': 'text/css',
    'x-a': '1',
  })
  const { get, passSec } = site(behaviorWith(asSaid), origin)
  await get('/a')
  const said = {
    etag: '"b"',
    'content-type': 'text/html',
    'content-length': '0',
    vary: 'cookie',
    'x-a': '2',
    'x-b': '3',
  }
  then(() => new Response(null, { status: 304, headers: said }))
  passSec(60)
  await get('/a')
  const { headers } = await get('/a')
  const names = ['etag', 'content-type', 'content-length', 'vary', 'x-a', 'x-b']
  expect(names.map((name) => headers.get(name))).toEqual(['"a"', 'text/css', '3', null, '2', '3'])
})

test('a part, asked for while the object is expired, does not drive out the whole', async () => {
  const { origin, then } = changing({ 'cache-control': 'max-age=60', etag: '"a"' })
  const { get, passSec } = site(behaviorWith(asSaid), origin)
  await get('/a')
  passSec(60)
  then(() => new Response('l', { status: 206, headers: { 'content-range': 'bytes 1-1/3' } }))
  expect((await get('/a', { range: 'bytes=1-1' })).status).toBe(206)
  then(() => new Response(null, { status: 304 }))
  expect((await get('/a')).text).toBe('old')
})
