import { expect, test } from 'vitest'
import { readReleaseFile } from './release-file.ts'

test('the file beside a function names its release', () => {
  expect(readReleaseFile('{"release":"0.1.0-0123456789ab"}\n')).toBe('0.1.0-0123456789ab')
})

test.each(['', 'nonsense', '[]', '{}', '{"release":""}', '{"release":1}'])('%j names no release', (text) => {
  expect(() => readReleaseFile(text)).toThrow('release.json beside the function names no release')
})
