import { expect, test } from 'vitest'
import { allowedOn, processorShare, shareBetween, ticksIn, withShare } from './processor-share.ts'

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

test('what a hypervisor gave to others on the way counts, where it says so', () => {
  const begun = ticksIn('cpu  100 0 50 9000 7 0 10 40 0 0\ncpu0 50 0 25 4500 3 0 5 20 0 0\n')
  const ended = ticksIn('cpu  160 10 70 9100 9 0 20 140 0 0\ncpu0 80 5 35 4550 4 0 10 70 0 0\n')
  expect(begun).toEqual({ worked: 160, stolen: 40 })
  expect(shareBetween(begun, ended)).toBe(0.5)
  expect(shareBetween(begun, begun)).toBe(1)
  expect(shareBetween(undefined, ended)).toBe(1)
  expect(['', 'intr 1 2', 'cpu  1 2'].map(ticksIn)).toEqual([undefined, undefined, undefined])
})

test('what is done is done once, and its failure is told', async () => {
  expect((await withShare(async () => 'done')).result).toBe('done')
  await expect(withShare(() => Promise.reject(new Error('not done')))).rejects.toThrow('not done')
})
