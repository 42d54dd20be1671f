import { expect, test } from 'vitest'
import { type AwsFailureCode, awsFailure } from './aws-failure.ts'

const thrown = (name: string, message = '', more: object = {}) => Object.assign(new Error(message), { name, ...more })

test.each<[error: unknown, code: AwsFailureCode, says: string, next: string]>([
  [
    thrown('CredentialsProviderError', 'Could not load credentials from any providers'),
    'no_credentials',
    'There are no AWS credentials here.',
    'aws sso login',
  ],
  [
    thrown('ExpiredToken', 'The security token included in the request is expired'),
    'expired_credentials',
    'have expired',
    'Sign in again',
  ],
  [thrown('ExpiredTokenException'), 'expired_credentials', 'have expired', 'Sign in again'],
  [thrown('InvalidClientTokenId'), 'unknown_credentials', 'does not know', 'AWS_PROFILE'],
  [thrown('SignatureDoesNotMatch'), 'unknown_credentials', 'does not know', 'AWS_PROFILE'],
  [thrown('AccessDenied'), 'denied', 'may not do cloudformation:CreateChangeSet.', 'permission'],
  [
    thrown(
      'AccessDenied',
      'User: arn:aws:sts::111122223333:assumed-role/Admin/jane.doe@example.com is not authorized to perform: iam:PassRole on resource: x',
    ),
    'denied',
    'may not do iam:PassRole.',
    'permission',
  ],
  [
    thrown('ThrottlingException', 'Rate exceeded'),
    'throttled',
    'slow down (cloudformation:CreateChangeSet)',
    'Wait a minute',
  ],
  [thrown('Whatever', '', { $metadata: { httpStatusCode: 429 } }), 'throttled', 'slow down', 'Wait a minute'],
  [
    thrown('Error', 'connect', { code: 'ECONNREFUSED' }),
    'unreachable',
    'cannot be reached for cloudformation:CreateChangeSet (ECONNREFUSED)',
    'network',
  ],
  [thrown('TimeoutError'), 'unreachable', 'TimeoutError', 'network'],
  [thrown('InternalFailure'), 'unavailable', 'fault of its own in cloudformation', 'health.aws.amazon.com'],
  [thrown('Odd', '', { $metadata: { httpStatusCode: 503 } }), 'unavailable', '(Odd)', 'later'],
  [thrown('Unknown', 'UnknownError', { $metadata: { httpStatusCode: 403 } }), 'denied', 'may not do', 'permission'],
  [
    thrown('ValidationError', 'Template error:\n  unresolved'),
    'refused',
    'AWS refused cloudformation:CreateChangeSet: Template error: unresolved',
    'Mend',
  ],
  ['a text', 'refused', 'AWS refused', 'Mend'],
])('%s is %s', (error, code, says, next) => {
  const failure = awsFailure('cloudformation:CreateChangeSet', error)
  expect(failure.code).toBe(code)
  expect(failure.message).toContain(says)
  expect(failure.next).toContain(next)
})

test('S9: nobody who called is named', () => {
  const failure = awsFailure(
    's3:PutObject',
    thrown(
      'ValidationError',
      'User arn:aws:iam::111122223333:user/jane.doe and arn:aws:sts::111122223333:assumed-role/Admin/jane.doe@example.com',
    ),
  )
  expect(failure.message).toBe('AWS refused s3:PutObject: User the caller and the caller')
})
