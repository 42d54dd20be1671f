import { expect, test } from 'vitest'
import { adviceFor } from './failure-advice.ts'

test.each<[reason: string, why: RegExp, next: RegExp]>([
  [
    'User: arn:aws:iam::1:user/x is not authorized to perform: kms:CreateKey because no policy',
    /Thing: these credentials may not do kms:CreateKey$/,
    /permission/,
  ],
  [
    'Resource handler returned message: "One or more of the CNAMEs you provided are already associated with a different resource. (Service: CloudFront, Status Code: 409)"',
    /answers from another distribution/,
    /associate-alias/,
  ],
  [
    "[Tried to create resource record set [name='dev.mydreamconnect.com.', type='A'] but it already exists]",
    /DNS record/,
    /zones infra status/,
  ],
  [
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    /too few executions/,
    /Service Quotas/,
  ],
  ['files already exists (Service: S3, Status Code: 0) BucketAlreadyExists', /taken by another account/, /stages\.ts/],
  [
    'sleepconnect-outreach already exists in stack arn:aws:cloudformation:us-east-1:1:stack/old/1',
    /belongs to another stack/,
    /take it out there/,
  ],
  ['Certificate validation timed out', /not validated in time/, /delegated/],
  ['Rate exceeded (Service: Lambda, Status Code: 429)', /slow down/, /minute/],
  [
    'The maximum number of VPCs has been reached. (VpcLimitExceeded)',
    /a limit of the account is reached/,
    /Service Quotas/,
  ],
  ['Resource creation cancelled', /another resource failed/, /^$/],
  ['Something nobody has seen', /^Thing: Something nobody has seen$/, /Mend/],
  ['', /no reason was given/, /Mend/],
])('%s', (reason, why, next) => {
  const advice = adviceFor('Thing', reason)
  expect(advice.why).toMatch(why)
  expect(advice.next).toMatch(next)
})

test('S9: the caller of a refused call is not named', () => {
  expect(
    adviceFor(
      'Thing',
      'User: arn:aws:sts::1:assumed-role/Admin/jane.doe is not authorized to perform: s3:PutBucketPolicy',
    ).why,
  ).not.toContain('jane')
})
