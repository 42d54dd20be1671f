import { expect, test } from 'vitest'
import { awsOfFunction } from './aws-of-function.ts'

const given = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
  AWS_SESSION_TOKEN: 'of-the-session',
}

test('what Lambda sets is enough', () => {
  expect(awsOfFunction.parse(given)).toEqual({
    region: 'us-east-1',
    secretsEndpoint: undefined,
    credentials: {
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI',
      sessionToken: 'of-the-session',
    },
  })
})

test.each([
  [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 'http://127.0.0.1:4566'],
  [
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566', AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:4567' },
    'http://127.0.0.1:4567',
  ],
])("a service's own endpoint comes before the one for all", (endpoints, expected) => {
  expect(awsOfFunction.parse({ ...given, ...endpoints }).secretsEndpoint).toBe(expected)
})

test.each(['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])('without %s it is refused by name', (name) => {
  const refused = awsOfFunction.safeParse({ ...given, [name]: undefined })
  expect(refused.error?.issues.map(({ path }) => path)).toEqual([[name]])
})
