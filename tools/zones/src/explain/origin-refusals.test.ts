import { expect, test } from 'vitest'
import { type Reaching, refusalsOf } from './origin-refusals.ts'

type Asked = Parameters<typeof refusalsOf>[0]

const toFunction: Asked = {
  kind: 'function-url',
  grants: { distributions: ['Ours'], mayList: false, authType: 'AWS_IAM' },
}
const toBucket: Asked = { kind: 's3', grants: { distributions: ['Ours'], mayList: true, authType: undefined } }
const get: Reaching = { distribution: 'Ours', method: 'GET', signed: true, forwarded: [] }

test.each<[why: string, origin: Asked, reaching: Reaching]>([
  ['a function that lets us in', toFunction, get],
  ['a bucket that lets us in', toBucket, get],
  [
    'a function open to all',
    { kind: 'function-url', grants: { distributions: ['*'], mayList: false, authType: 'NONE' } },
    { ...get, signed: false },
  ],
  [
    'a bucket open to all',
    { kind: 's3', grants: { distributions: ['*'], mayList: false, authType: undefined } },
    { ...get, signed: false },
  ],
  ['an origin of which nothing is known', { kind: 's3', grants: undefined }, { ...get, signed: false }],
  ['a write with the hash of its body', toFunction, { ...get, method: 'POST', forwarded: ['x-amz-content-sha256'] }],
  [
    "a server of one's own that is told the viewer's Host",
    { kind: 'custom', grants: undefined },
    { ...get, forwarded: ['host'] },
  ],
])('%s does not refuse', (_why, origin, reaching) => {
  expect(refusalsOf(origin, reaching)).toEqual([])
})

test.each<[why: string, origin: Asked, reaching: Reaching, says: string]>([
  ["the viewer's Host towards a function", toFunction, { ...get, forwarded: ['host'] }, "viewer's Host"],
  ["the viewer's Host towards a bucket", toBucket, { ...get, forwarded: ['host'] }, "viewer's Host"],
  ['a request that nobody signed', toFunction, { ...get, signed: false }, 'signed requests only'],
  ['one that nobody signed towards a bucket', toBucket, { ...get, signed: false }, 'signed requests only'],
  [
    'a distribution that the bucket policy does not name',
    toBucket,
    { ...get, distribution: 'Other' },
    'not let Other in',
  ],
  ['a distribution without permission to invoke', toFunction, { ...get, distribution: 'Other' }, 'not let Other in'],
  ['a write without the hash of its body', toFunction, { ...get, method: 'PUT' }, 'x-amz-content-sha256'],
])('%s is refused with 403', (_why, origin, reaching, says) => {
  expect(refusalsOf(origin, reaching)).toEqual([expect.stringMatching(new RegExp(`^403: .*${says}`))])
})
