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
    queuesEndpoint: undefined,
    storageEndpoint: undefined,
    credentials: {
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI',
      sessionToken: 'of-the-session',
    },
  })
})

test.each([
  ['AWS_ENDPOINT_URL_SECRETS_MANAGER', 'secretsEndpoint'],
  ['AWS_ENDPOINT_URL_SQS', 'queuesEndpoint'],
  ['AWS_ENDPOINT_URL_S3', 'storageEndpoint'],
] as const)("a service's own endpoint, %s, comes before the one for all", (variable, field) => {
  const forAll = { ...given, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }
  expect(awsOfFunction.parse(forAll)[field]).toBe('http://127.0.0.1:4566')
  expect(awsOfFunction.parse({ ...forAll, [variable]: 'http://127.0.0.1:4567' })[field]).toBe('http://127.0.0.1:4567')
})

test.each(['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])('without %s it is refused by name', (name) => {
  const refused = awsOfFunction.safeParse({ ...given, [name]: undefined })
  expect(refused.error?.issues.map(({ path }) => path)).toEqual([[name]])
})
