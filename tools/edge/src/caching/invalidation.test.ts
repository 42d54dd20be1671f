import { expect, test } from 'vitest'
import { asSaid, behaviorWith, optimized, page, site } from '../../test/caching-site.ts'
import { invalidationOf } from './invalidation.ts'

const byQuery = { ...asSaid, queryStrings: { behavior: 'all' } } as const

test.each<[paths: string[], asked: string, queryStrings: string[], isTaken: boolean]>([
  [['/a'], '/a', [], true],
  [['/a'], '/a/b', [], false],
  [['/a'], '/A', [], false],
  [['/a*'], '/a/b/c.js', [], true],
  [['/a*'], '/abc', [], true],
  [['/a/*'], '/a', [], false],
  [['/*'], '/', [], true],
  [['/a*b'], '/axb', [], false],
  [['/a*b'], '/a*b', [], true],
  [['/a'], '/a', ['x=1'], false],
  [['/a?x=1'], '/a', ['x=1'], true],
  [['/a*'], '/a', ['x=1'], true],
  [['/b', '/a'], '/a', [], true],
])('%j on %s %j: %s', (paths, path, queryStrings, isTaken) => {
  expect(invalidationOf(paths)({ path, queryStrings })).toBe(isTaken)
})

test('D16: an invalidated object is fetched again in every variant, others stay', async () => {
  const { get, caching } = site(behaviorWith(optimized, { compress: true }), () => page('max-age=600'))
  for (const path of ['/a', '/b']) {
    await get(path)
    await get(path, { 'accept-encoding': 'gzip' })
  }
  caching.invalidate(['/a'])
  expect((await get('/a')).verdict).toBe('Miss')
  expect((await get('/a', { 'accept-encoding': 'gzip' })).verdict).toBe('Miss')
  expect((await get('/b')).verdict).toBe('Hit')
})

test('what was asked for before an invalidation is not kept after it', async () => {
  const { promise, resolve } = Promise.withResolvers<Response>()
  let answer: () => Promise<Response> | Response = () => promise
  const { get, caching } = site(behaviorWith(byQuery), () => answer())
  const early = get('/a?x=1')
  answer = () => page('max-age=600', 'new')
  caching.invalidate(['/*'])
  const late = await get('/a?x=1')
  resolve(page('max-age=600', 'old'))
  expect([(await early).text, late.text, (await get('/a?x=1')).text]).toEqual(['old', 'new', 'new'])
})
