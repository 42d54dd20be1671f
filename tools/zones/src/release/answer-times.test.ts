import { expect, test } from 'vitest'
import { isSlowness, timesText, tooSlow, withAnswer } from './answer-times.ts'

test.each<[isFirst: boolean, ms: number, finding: string | undefined]>([
  [true, 10_000, undefined],
  [true, 10_400, 'answers its first request after 10.4 s; 10 s are allowed'],
  [false, 3_000, undefined],
  [false, 3_100, 'answers a later request after 3.1 s; 3 s are allowed'],
])('first: %s, %d ms: %s', (isFirst, ms, finding) => {
  expect(tooSlow(isFirst, ms)).toBe(finding)
})

test('the first answer and the slowest of the others are written down', () => {
  const asked: readonly (readonly [role: string, ms: number])[] = [
    ['a', 1200],
    ['b', 800],
    ['a', 300],
    ['a', 100],
  ]
  const times = asked.reduce<ReturnType<typeof withAnswer>>((all, [role, ms]) => withAnswer(all, role, ms), [])
  expect(timesText(times)).toBe('a 1.2 s, then 0.3 s at most; b 0.8 s')
})

test('what is said of an answer that came too late is told from other findings', () => {
  expect([isSlowness(tooSlow(true, 10_001)), isSlowness(tooSlow(false, 3_001))]).toEqual([true, true])
  expect([undefined, 'answers 302 in place of 200', 'fails (Error)'].map(isSlowness)).toEqual([false, false, false])
})
