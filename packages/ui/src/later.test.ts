import { expect, test } from 'vitest'
import { later } from './later.ts'

test('code is fetched once, however many want it, and told when it is there', async () => {
  let fetched = 0
  const code = later(async () => {
    fetched += 1
    return 'code'
  })
  let told = 0
  code.subscribe(() => {
    told += 1
  })
  expect(code.now()).toBeUndefined()
  expect(await Promise.all([code.load(), code.load()])).toEqual(['code', 'code'])
  expect(code.now()).toBe('code')
  await code.load()
  expect(fetched).toBe(1)
  expect(told).toBe(1)
})

test('an attempt without a network is forgotten: the next one may succeed', async () => {
  let reached = false
  const code = later(async () => {
    if (!reached) throw new TypeError('Failed to fetch')
    return 'code'
  })
  await expect(code.load()).rejects.toThrow(TypeError)
  expect(code.now()).toBeUndefined()
  reached = true
  expect(await code.load()).toBe('code')
})

test('who stopped listening is not told', async () => {
  const code = later(async () => 'code')
  let told = 0
  code.subscribe(() => {
    told += 1
  })()
  await code.load()
  expect(told).toBe(0)
})
