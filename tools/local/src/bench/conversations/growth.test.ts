import { expect, test } from 'vitest'
import { growthOf } from './growth.ts'

const MB = 1024

test('memory that stays is flat', () => {
  expect(growthOf([100, 100, 100, 100, 100].map((mb) => mb * MB))).toEqual({ fromMb: 100, toMb: 100, growth: 0 })
})

test('what happens while programs get warm does not count', () => {
  // Of ten samples the first two are left out.
  expect(growthOf([10, 20, 50, 50, 50, 50, 50, 50, 50, 50].map((mb) => mb * MB)).growth).toBe(0)
})

test('a straight rise is found whole', () => {
  // 80 to 120 behind the warm-up: 40 of a mean of 100.
  const { fromMb, toMb, growth } = growthOf([70, 80, 90, 100, 110, 120].map((mb) => mb * MB))
  expect(fromMb).toBeCloseTo(80)
  expect(toMb).toBeCloseTo(120)
  expect(growth).toBeCloseTo(0.4)
})

test('a saw that comes back to where it began is nearly flat', () => {
  const saw = Array.from({ length: 150 }, (_, i) => (100 + (i % 10)) * MB)
  expect(Math.abs(growthOf(saw).growth)).toBeLessThan(0.01)
})

test('two samples are refused', () => {
  expect(() => growthOf([1, 2])).toThrow('too few samples')
})
