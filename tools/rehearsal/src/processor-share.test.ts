import { expect, test } from 'vitest'
import { allowedOn, processorShare } from './processor-share.ts'

test('a computer with nothing else to do is given the time that is aimed at, and no more', () => {
  expect([1, 0.95, 0.9].map((share) => allowedOn(share, 10_000))).toEqual([10_000, 10_000, 10_000])
})

test('where others have a part of the computer, what runs there may take as much longer, three times at most', () => {
  expect(allowedOn(0.5, 10_000)).toBe(20_000)
  expect(allowedOn(0.1, 10_000)).toBe(30_000)
  expect(allowedOn(0, 10_000)).toBe(30_000)
})

test('whoever wants all of this computer gets some of it, and no more than all', async () => {
  const share = await processorShare()
  expect(share).toBeGreaterThan(0)
  expect(share).toBeLessThanOrEqual(1.05)
})
