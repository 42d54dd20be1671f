import { expect, test } from 'vitest'
import { parseShift } from './shift.ts'

test.each([
  ['1%/1s', { percent: 1, seconds: 1 }],
  ['10%/600s', { percent: 10, seconds: 600 }],
  ['99%/900s', { percent: 99, seconds: 900 }],
])('%s is a share and a time', (text, shift) => {
  expect(parseShift(text)).toEqual({ kind: 'shift', shift })
})

const SHAPE = 'write it as <percent>%/<seconds>s in whole numbers, for example 10%/600s.'
const SHARE = 'the share is from 1 % to 99 %. Without --shift the new version gets all calls at once.'
const TIME = 'it lasts from 1 to 900 seconds, which are 15 minutes.'

test.each([
  ['', SHAPE],
  ['ten%/600s', SHAPE],
  ['10%', SHAPE],
  ['10/600', SHAPE],
  ['10%/10m', SHAPE],
  ['0.5%/60s', SHAPE],
  ['-5%/60s', SHAPE],
  ['10%/600s and more', SHAPE],
  ['0%/600s', SHARE],
  ['100%/600s', SHARE],
  ['10%/0s', TIME],
  ['10%/901s', TIME],
])('"%s" is refused, and the sentence says how it is meant', (text, why) => {
  expect(parseShift(text)).toEqual({ kind: 'senseless', reason: `--shift ${text}: ${why}` })
})
