import { expect, test } from 'vitest'
import { atMostEvery } from './at-most-every.ts'

/** A clock that is turned by hand. */
function staged() {
  let acted = 0
  let waiting: (() => void) | undefined
  const throttled = atMostEvery(
    15_000,
    () => {
      acted += 1
    },
    (act) => {
      waiting = act
      return () => {
        waiting = undefined
      }
    },
  )
  const pass = () => {
    const act = waiting
    waiting = undefined
    act?.()
  }
  return { ...throttled, pass, acted: () => acted, isWaiting: () => waiting !== undefined }
}

test('the first call acts at once, the others together when the time has passed', () => {
  const { call, pass, acted } = staged()
  call()
  expect(acted()).toBe(1)
  call()
  call()
  expect(acted()).toBe(1)
  pass()
  expect(acted()).toBe(2)
})

test('after a time without calls the next one acts at once again', () => {
  const { call, pass, acted, isWaiting } = staged()
  call()
  pass()
  expect([acted(), isWaiting()]).toEqual([1, false])
  call()
  expect(acted()).toBe(2)
})

test('what is stopped acts no more by itself', () => {
  const { call, pass, stop, acted } = staged()
  call()
  call()
  stop()
  pass()
  expect(acted()).toBe(1)
})
