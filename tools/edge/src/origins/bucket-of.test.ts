import { expect, test } from 'vitest'
import { bucketOf } from './bucket-of.ts'

test.each([
  ['assets.s3.us-east-1.amazonaws.com', 'assets'],
  ['my.assets.s3.us-east-1.amazonaws.com', 'my.assets'],
  ['assets.s3.amazonaws.com', 'assets'],
  ['assets.s3.dualstack.us-east-1.amazonaws.com', 'assets'],
  ['assets.s3-us-west-2.amazonaws.com', 'assets'],
  ['assets.s3-website-us-east-1.amazonaws.com', undefined],
  ['abc.lambda-url.us-east-1.on.aws', undefined],
])('behind %s lies %s', (domainName, bucket) => {
  expect(bucketOf(domainName)).toBe(bucket)
})
