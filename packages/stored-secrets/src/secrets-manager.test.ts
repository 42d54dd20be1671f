import { expect, test } from 'vitest'
import { type SecretsManagerOptions, secretsManager } from './secrets-manager.ts'
import { StoredSecretError, type StoredSecretFailure } from './stored-secret-error.ts'

const ID = 'sleepconnect/develop/user-context'
const NOON = Date.UTC(2026, 10, 28, 12)

interface Asked {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Answers as Secrets Manager does, one answer after the other and the last one for ever.
 * @source AWS Secrets Manager API Reference, "GetSecretValue" (Examples)
 */
function answering(...answers: readonly (readonly [status: number, body: unknown])[]) {
  const asked: Asked[] = []
  const fetch: SecretsManagerOptions['fetch'] = async (url, { method, headers, body }) => {
    const [status, said] = answers[Math.min(asked.length, answers.length - 1)] ?? [500, '']
    asked.push({ url, method, headers: headers, body })
    return new Response(typeof said === 'string' ? said : JSON.stringify(said), { status })
  }
  return { asked, fetch }
}

const good = {
  ARN: `arn:aws:secretsmanager:us-east-1:111122223333:secret:${ID}-a1b2c3`,
  CreatedDate: 1.523477145713e9,
  Name: ID,
  SecretString: '{"current":"…"}',
  VersionId: 'EXAMPLE1-90ab-cdef-fedc-ba987SECRET1',
  VersionStages: ['AWSCURRENT'],
}
const readerOf = (fetch: SecretsManagerOptions['fetch'], more: Partial<SecretsManagerOptions> = {}) =>
  secretsManager({
    region: 'us-east-1',
    credentials: () => ({
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI',
      sessionToken: 'of-the-session',
    }),
    fetch,
    nowMs: () => NOON,
    ...more,
  })

test("a secret is asked for at AWS's own address, signed with what the function has", async () => {
  const { asked, fetch } = answering([200, good])
  expect(await readerOf(fetch)(ID)).toBe('{"current":"…"}')
  expect(asked).toEqual([
    {
      url: 'https://secretsmanager.us-east-1.amazonaws.com/',
      method: 'POST',
      body: `{"SecretId":"${ID}"}`,
      headers: {
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20261128\/us-east-1\/secretsmanager\/aws4_request, SignedHeaders=content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/,
        ),
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-date': '20261128T120000Z',
        'x-amz-security-token': 'of-the-session',
        'x-amz-target': 'secretsmanager.GetSecretValue',
      },
    },
  ])
})

test('another endpoint is asked when one is given', async () => {
  const { asked, fetch } = answering([200, good])
  await readerOf(fetch, { endpoint: 'http://127.0.0.1:4566' })(ID)
  expect(asked[0]?.url).toBe('http://127.0.0.1:4566/')
})

test.each<[code: StoredSecretFailure, status: number, body: unknown]>([
  [
    'not_found',
    400,
    { __type: 'ResourceNotFoundException', Message: "Secrets Manager can't find the specified secret." },
  ],
  ['denied', 400, { __type: 'AccessDeniedException', Message: 'is not authorized' }],
  ['denied', 400, { __type: 'com.amazon.coral.service#UnrecognizedClientException', message: 'invalid' }],
  ['unusable', 400, { __type: 'InvalidRequestException', Message: 'it was marked for deletion' }],
  ['unusable', 400, { __type: 'DecryptionFailure' }],
  ['malformed', 200, { ...good, SecretString: undefined, SecretBinary: 'AAAA' }],
])('a secret is %s after one call', async (code, status, body) => {
  const { asked, fetch } = answering([status, body])
  await expect(readerOf(fetch)(ID)).rejects.toThrow(new StoredSecretError(ID, code))
  expect(asked).toHaveLength(1)
})

test.each<[why: string, status: number, body: unknown]>([
  ['AWS fails', 500, { __type: 'InternalServiceError' }],
  ['there are too many calls', 400, { __type: 'ThrottlingException' }],
  ['something else answers', 502, '<html>Bad gateway</html>'],
])('when %s, a second call is made, and no third', async (_why, status, body) => {
  const passing = answering([status, body], [200, good])
  expect(await readerOf(passing.fetch)(ID)).toBe('{"current":"…"}')
  const lasting = answering([status, body])
  await expect(readerOf(lasting.fetch)(ID)).rejects.toThrow(new StoredSecretError(ID, 'unavailable'))
  expect(lasting.asked).toHaveLength(2)
})

test('an answer that does not come is not waited for', async () => {
  const silent: SecretsManagerOptions['fetch'] = (_url, { signal }) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  await expect(readerOf(silent, { timeoutMs: 5 })(ID)).rejects.toMatchObject({ code: 'unavailable' })
})

test('no refusal quotes what was answered', async () => {
  const { fetch } = answering([400, { __type: 'InvalidRequestException', Message: 'canary' }])
  await expect(readerOf(fetch)(ID)).rejects.toThrow(/^(?!.*canary)/)
})
