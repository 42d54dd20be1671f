import { expect, test } from 'vitest'
import { actOf, shortcuts } from './shortcuts.ts'

const pressed = (key: string, more = {}) =>
  actOf({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    defaultPrevented: false,
    elsewhere: false,
    off: false,
    ...more,
  })

test.each([
  ['j', {}, 'next'],
  ['K', {}, 'before'],
  ['?', {}, 'help'],
  ['x', {}, undefined],
  ['r', { ctrlKey: true }, undefined],
  ['r', { metaKey: true }, undefined],
  ['e', { elsewhere: true }, undefined],
  ['/', { defaultPrevented: true }, undefined],
])('%s with %o asks for %s', (key, more, act) => {
  expect(pressed(key, more)).toBe(act)
})

test('no key means two things', () => {
  const keys = shortcuts.flatMap((one) => one.keys)
  expect(new Set(keys).size).toBe(keys.length)
})

test('switched off, no single key does anything, not even the one for help', () => {
  for (const { keys } of shortcuts) for (const key of keys) expect(pressed(key, { off: true })).toBeUndefined()
})
