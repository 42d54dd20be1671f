import { expect, test } from 'vitest'
import { isBlank } from './blank.ts'

test.each(['', ' \t\n', '\u00a0\u3000', '\u200b', '\u200d\ufe0f', '\ufeff \u2060', '\u00ad', '\u0007'])(
  'nothing of %j can be seen',
  (text) => {
    expect(isBlank(text)).toBe(true)
  },
)

test.each(['.', ' a ', '0', '👋', '❤️', '李', 'ا', '\u200bYes'])('of %j something can be seen', (text) => {
  expect(isBlank(text)).toBe(false)
})
