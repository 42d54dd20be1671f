import { describe, expect, test, vi } from 'vitest'
import { allViewerExceptHost, asSaid, behaviorWith, changing, type Origin, site } from '../../test/caching-site.ts'
import { OriginError } from '../origins/origin.ts'

const failures: readonly (readonly [how: string, origin: Origin])[] = [
  ['answers 500', () => new Response('broken', { status: 500 })],
  [
    'answers 503 and forbids keeping that',
    () => new Response('', { status: 503, headers: { 'cache-control': 'no-store' } }),
  ],
  ['gives no answer', () => Promise.reject(new OriginError('origin_silent'))],
]

describe.each(failures)('when the origin %s', (_, failing) => {
  test('the expired object stands in for it, and nobody asks again for ten seconds', async () => {
    const { origin, then } = changing({ 'cache-control': 'max-age=60' })
    const { get, asked, passSec } = site(behaviorWith(asSaid), origin)
    await get('/a')
    then(failing)
    passSec(86_400)
    const stale = await get('/a')
    expect([stale.status, stale.text, stale.verdict, stale.ageSec]).toEqual([200, 'old', 'RefreshHit', 86_400])
    passSec(9)
    expect([(await get('/a')).verdict, asked.length]).toEqual(['Hit', 2])
    passSec(1)
    await get('/a')
    expect(asked).toHaveLength(3)
  })

  test('it stands in for as long as stale-if-error says', async () => {
    const { origin, then } = changing({ 'cache-control': 'max-age=60, stale-if-error=30' })
    const { get, passSec } = site(behaviorWith(asSaid), origin)
    await get('/a')
    then(failing)
    passSec(89)
    expect((await get('/a')).text).toBe('old')
    passSec(10)
    expect(
      await get('/a').then(
        (seen) => seen.verdict,
        (error) => error.name,
      ),
    ).toMatch(/^(Error|OriginError)$/)
  })

  test('stale-if-error=0 lets the error through, which is kept for ten seconds like one', async () => {
    const { origin, then } = changing({ 'cache-control': 'max-age=60, stale-if-error=0' })
    const { get, asked, passSec } = site(behaviorWith(asSaid), origin)
    const outcome = () =>
      get('/a').then(
        (seen) => seen.verdict,
        (error) => error.name,
      )
    await get('/a')
    then(failing)
    passSec(60)
    const first = await outcome()
    then(() => new Response('back', { headers: { 'cache-control': 'max-age=60' } }))
    passSec(9)
    expect([first, await outcome(), asked.length]).toEqual([first, first, 2])
    expect(first).toMatch(/^(Error|OriginError)$/)
    passSec(1)
    expect((await get('/a')).text).toBe('back')
  })

  test('stale-if-error beyond the policy’s maximum is cut to it', async () => {
    const { origin, then } = changing({ 'cache-control': 'max-age=60, stale-if-error=600' })
    const { get, passSec } = site(behaviorWith({ ...asSaid, maxTtlSec: 100 }), origin)
    await get('/a')
    then(failing)
    passSec(159)
    expect((await get('/a')).text).toBe('old')
    passSec(10)
    expect(
      await get('/a').then(
        (seen) => seen.verdict,
        (error) => error.name,
      ),
    ).toMatch(/^(Error|OriginError)$/)
  })
})

test('a 4xx is passed on although an expired object is at hand', async () => {
  const { origin, then } = changing({ 'cache-control': 'max-age=60' })
  const { get, passSec } = site(behaviorWith(asSaid), origin)
  await get('/a')
  then(() => new Response('gone', { status: 404 }))
  passSec(60)
  expect([(await get('/a')).status, (await get('/a')).status]).toEqual([404, 404])
})

test('an error of our own is not taken for the origin’s: nothing stands in for it, nothing remembers it', async () => {
  const { origin, then } = changing({ 'cache-control': 'max-age=60' })
  const { get, passSec } = site(behaviorWith(asSaid), origin)
  await get('/a')
  then(() => Promise.reject(new TypeError('ours')))
  passSec(60)
  await expect(get('/a')).rejects.toThrow('ours')
  then(() => new Response('new', { headers: { 'cache-control': 'max-age=60' } }))
  expect((await get('/a')).text).toBe('new')
})

describe('within stale-while-revalidate', () => {
  const headers = { 'cache-control': 'max-age=60, stale-while-revalidate=30', etag: '"a"' }

  test('the expired object is served at once and renewed behind the viewer’s back, once', async () => {
    const { origin, then } = changing(headers)
    const { get, asked, caching, passSec } = site(behaviorWith(asSaid), origin)
    await get('/a')
    const answer = Promise.withResolvers<Response>()
    then(() => answer.promise)
    passSec(89)
    const early = [await get('/a'), await get('/a')]
    expect(early.map(({ text, verdict, ageSec }) => [text, verdict, ageSec])).toEqual([
      ['old', 'Hit', 89],
      ['old', 'Hit', 89],
    ])
    answer.resolve(new Response('new', { headers }))
    await caching.settled()
    const late = await get('/a')
    expect([late.text, late.verdict, late.ageSec, asked.length]).toEqual(['new', 'Hit', 0, 2])
    expect([asked[1]?.own['if-none-match'], asked[1]?.isShared]).toEqual(['"a"', true])
  })

  test('a renewal that fails leaves the object, and nobody asks for ten seconds', async () => {
    const { origin, then } = changing(headers)
    const { get, asked, caching, passSec } = site(behaviorWith(asSaid), origin)
    await get('/a')
    then(() => Promise.reject(new OriginError('origin_down')))
    passSec(60)
    await get('/a')
    await caching.settled()
    passSec(9)
    await get('/a')
    await caching.settled()
    expect(asked).toHaveLength(2)
    passSec(1)
    expect((await get('/a')).text).toBe('old')
    await caching.settled()
    expect(asked).toHaveLength(3)
  })

  test('a renewal that brings something that may not be kept gives its body back unread', async () => {
    const { origin, then } = changing(headers)
    const { get, caching, passSec } = site(behaviorWith(asSaid), origin)
    await get('/a')
    const cancel = vi.fn()
    const body = new ReadableStream({ cancel })
    then(() => new Response(body, { headers: { 'cache-control': 'no-store' } }))
    passSec(60)
    await get('/a')
    await caching.settled()
    expect([cancel.mock.calls.length, caching.bytes]).toEqual([1, 0])
  })

  test('after it the viewer waits for the origin', async () => {
    const { origin, then } = changing(headers)
    const { get, passSec } = site(behaviorWith(asSaid), origin)
    await get('/a')
    then(() => new Response('new', { headers }))
    passSec(90)
    expect((await get('/a')).text).toBe('new')
  })

  test('it is cut to the policy’s maximum', async () => {
    const { origin, then } = changing(headers)
    const { get, passSec } = site(behaviorWith({ ...asSaid, maxTtlSec: 20 }), origin)
    await get('/a')
    then(() => new Response('new', { headers }))
    passSec(40)
    expect((await get('/a')).text).toBe('new')
  })
})

test('the body of the error that an object stands in for is given back unread', async () => {
  const { origin, then } = changing({ 'cache-control': 'max-age=60' })
  const { get, passSec } = site(behaviorWith(asSaid), origin)
  await get('/a')
  const cancel = vi.fn()
  then(() => new Response(new ReadableStream({ cancel }), { status: 500 }))
  passSec(60)
  await get('/a')
  expect(cancel).toHaveBeenCalledOnce()
})

test('a renewal that brings more than may be held is cut, for nobody reads it', async () => {
  const { origin, then } = changing({ 'cache-control': 'max-age=60, stale-while-revalidate=30' })
  const { get, caching, passSec } = site(behaviorWith(asSaid), origin, { maxBytes: 10_000 })
  await get('/a')
  const cancel = vi.fn()
  const pull = (controller: ReadableStreamDefaultController): void => controller.enqueue(new Uint8Array(1000))
  then(() => new Response(new ReadableStream({ pull, cancel }), { headers: { 'cache-control': 'max-age=60' } }))
  passSec(60)
  await get('/a')
  await caching.settled()
  expect([cancel.mock.calls.length, (await get('/a')).text]).toEqual([1, 'old'])
  await caching.settled()
})

test('a HEAD answered from an expired GET within its window does not renew it', async () => {
  const { origin } = changing({ 'cache-control': 'max-age=60, stale-while-revalidate=30' })
  const { get, asked, caching, passSec } = site(behaviorWith(asSaid), origin)
  await get('/a')
  passSec(60)
  expect((await get('/a', {}, 'HEAD')).verdict).toBe('Hit')
  await caching.settled()
  expect(asked).toHaveLength(1)
})

test('an ask that its own viewer may have cut is not remembered against the origin', async () => {
  let next: Origin = () => Promise.reject(new OriginError('origin_down'))
  const { get, asked } = site(behaviorWith(asSaid, { originRequestPolicy: allViewerExceptHost }), (one) => next(one))
  await expect(get('/a')).rejects.toThrow('origin_down')
  next = () => new Response('page', { headers: { 'cache-control': 'max-age=60' } })
  expect([(await get('/a')).text, asked[0]?.isShared]).toEqual(['page', false])
})
