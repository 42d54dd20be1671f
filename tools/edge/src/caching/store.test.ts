import { expect, test } from 'vitest'
import { asSaid, behaviorWith, site } from '../../test/caching-site.ts'

test('what is kept stays within the limit, and what was not asked for longest goes first', async () => {
  const { get, caching } = site(
    behaviorWith(asSaid),
    () => new Response('x'.repeat(20_000), { headers: { 'cache-control': 'max-age=60' } }),
    { maxBytes: 100_000 },
  )
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

test('what is announced as too large is not read ahead of its viewer', async () => {
  let chunks = 0
  const { request } = site(
    behaviorWith(asSaid),
    () => {
      const pull = (controller: ReadableStreamDefaultController): void => {
        chunks += 1
        controller.enqueue(new Uint8Array(1000))
      }
      const headers = { 'cache-control': 'max-age=60', 'content-length': '10000000000' }
      return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), { headers })
    },
    { maxBytes: 100_000 },
  )
  const { response } = await request('/a')
  const reader = response.body?.getReader()
  await reader?.read()
  await new Promise((resolve) => setImmediate(resolve))
  expect(chunks).toBeLessThanOrEqual(2)
  await reader?.cancel()
})

test('a body that is not as long as announced ends in an error, and is not kept', async () => {
  const { request, caching } = site(behaviorWith(asSaid), () => {
    return new Response('short', { headers: { 'cache-control': 'max-age=60', 'content-length': '50' } })
  })
  const { response } = await request('/a')
  await expect(response.text()).rejects.toThrow('fewer bytes')
  expect(caching.bytes).toBe(0)
})

test('bodies that come at one time hold no more than the cache may: one too many is passed on', async () => {
  const ends: ReadableStreamDefaultController[] = []
  const { request, get } = site(
    behaviorWith(asSaid),
    () => {
      const start = (controller: ReadableStreamDefaultController): void => {
        controller.enqueue(new Uint8Array(24_000))
        ends.push(controller)
      }
      return new Response(new ReadableStream({ start }), { headers: { 'cache-control': 'max-age=60' } })
    },
    { maxBytes: 100_000 },
  )
  const names = ['/1', '/2', '/3', '/4', '/5']
  const answers = await Promise.all(names.map((name) => request(name)))
  await new Promise((resolve) => setImmediate(resolve))
  for (const end of ends) end.close()
  for (const { response } of answers) expect((await response.arrayBuffer()).byteLength).toBe(24_000)
  const verdicts = await Promise.all(names.slice(0, 4).map(async (name) => (await get(name)).verdict))
  expect(verdicts).toEqual(['Hit', 'Hit', 'Hit', 'Hit'])
  expect((await request('/5')).verdict).toBe('Miss')
})

test('what belongs to one delivery is not kept', async () => {
  const headers = {
    'cache-control': 'max-age=60',
    age: '7',
    'transfer-encoding': 'chunked',
    connection: 'close',
    'x-a': '1',
  }
  const { get } = site(behaviorWith(asSaid), () => new Response('page', { headers }))
  await get('/a')
  const names = [...(await get('/a')).headers.keys()]
  expect(names.filter((name) => ['age', 'transfer-encoding', 'connection', 'x-a'].includes(name))).toEqual(['x-a'])
})

test('headers and keys count as well as bodies', async () => {
  const { get, caching } = site(behaviorWith(asSaid), () => {
    return new Response('', { headers: { 'cache-control': 'max-age=60', 'x-long': 'x'.repeat(5000) } })
  })
  await get(`/${'a'.repeat(3000)}`)
  expect(caching.bytes).toBeGreaterThan(8000)
  expect(caching.bytes).toBeLessThan(9000)
})
