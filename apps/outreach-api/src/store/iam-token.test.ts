import { expect, test } from 'vitest'
import { iamToken } from './iam-token.ts'

const host = 'sleepconnect-develop.proxy-abc.us-east-1.rds.amazonaws.com'
const credentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'of/the+session==',
}
const token = (nowMs: number) =>
  iamToken({
    host,
    port: 5432,
    user: 'app_user',
    region: 'us-east-1',
    credentials: () => credentials,
    nowMs: () => nowMs,
  })()

test("a token is what AWS's own signer makes of the same moment", async () => {
  // The values are those of @aws-sdk/rds-signer 3.1175.0, which weighs 460 kB more.
  const made = await token(Date.UTC(2026, 10, 28, 12))
  expect(made.startsWith(`${host}:5432/?`)).toBe(true)
  expect(Object.fromEntries(new URL(`https://${made}`).searchParams)).toEqual({
    Action: 'connect',
    DBUser: 'app_user',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'ASIAEXAMPLE/20261128/us-east-1/rds-db/aws4_request',
    'X-Amz-Date': '20261128T120000Z',
    'X-Amz-Expires': '900',
    'X-Amz-Security-Token': 'of/the+session==',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': '4fd21dbba6c5ff330ace4ff356ef4e57a57efa37cdef29c7b05108cdab21e171',
  })
})

test('each connection gets a token of its own moment', async () => {
  expect(await token(Date.UTC(2026, 10, 28, 13))).toContain('X-Amz-Date=20261128T130000Z')
})
