import { PICTURE_BYTES, pictureTypes as typesOfContract } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { LARGEST_PICTURE_BYTES, pictureProblem, pictureTypes } from './picture-rules.ts'

test('what can be chosen is what the server takes', () => {
  expect(pictureTypes).toEqual(typesOfContract)
  expect(LARGEST_PICTURE_BYTES).toBe(PICTURE_BYTES)
})

test.each([
  ['image/jpeg', 1],
  ['image/png', 4_194_304],
  ['image/gif', 70_000],
])('%s of %i bytes can be sent', (type, size) => {
  expect(pictureProblem({ type, size })).toBeUndefined()
})

test.each([
  ['image/heic', 1000, 'This is not a picture that can be sent. Choose a JPEG, a PNG or a GIF.'],
  ['image/svg+xml', 1000, 'This is not a picture that can be sent. Choose a JPEG, a PNG or a GIF.'],
  ['', 1000, 'This is not a picture that can be sent. Choose a JPEG, a PNG or a GIF.'],
  ['image/png', 0, 'This file is empty. Choose another one.'],
  ['image/png', 4_194_305, 'This picture has 4.2 MB, and 4 MB is the most that can be sent. Choose a smaller one.'],
])('%s of %i bytes cannot: %s', (type, size, words) => {
  expect(pictureProblem({ type, size })).toBe(words)
})
