import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'
import { expect, test } from 'vitest'
import { readSignature, type SignedRequest } from './url-signing.ts'

const key = { accessKeyId: 'FRONTDOOR', secretAccessKey: 'made-up' }
const noon = Date.UTC(2026, 10, 28, 12)
const ARN = 'arn:aws:cloudfront::111122223333:distribution/E1'
/** sha256 of nothing and of `{}`, from sha256sum. */
const OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const OF_BRACES = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'

async function signed(
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
  secretAccessKey = key.secretAccessKey,
): Promise<SignedRequest> {
  const signer = new SignatureV4({
    ...{ credentials: { ...key, secretAccessKey }, region: 'us-east-1', service: 'lambda', applyChecksum: false },
    sha256: Hash.bind(null, 'sha256'),
  })
  const request = {
    ...{ method, protocol: 'https:', hostname: 'a.lambda-url', path: '/a%20b', query: { q: ['1 2', '[x]'], z: [''] } },
    headers: { host: 'a.lambda-url', 'x-amz-source-arn': ARN, ...headers },
  }
  const answer = await signer.sign(request, { signingDate: new Date(noon) })
  return { method, target: '/a%20b?q=1%202&q=%5Bx%5D&z', headers: answer.headers, body: Buffer.from(body) }
}

const read = (request: SignedRequest, nowMs = noon) => readSignature(request, key, 'us-east-1', nowMs)

test('a signature tells on whose behalf it was made', async () => {
  expect(await read(await signed())).toEqual({ kind: 'signed', sourceArn: ARN })
})

test.each<[what: string, headers: Record<string, string>, kind: string]>([
  ['without a hash', {}, 'wrong'],
  ['with its hash', { 'x-amz-content-sha256': OF_BRACES }, 'signed'],
  ['with the hash of nothing', { 'x-amz-content-sha256': OF_NOTHING }, 'wrong'],
  ['that is said to be unsigned', { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, 'wrong'],
])('a body %s is read as %s', async (_what, headers, kind) => {
  expect(await read(await signed({ method: 'POST', headers, body: '{}' }))).toMatchObject({ kind })
})

test.each<[what: string, kind: string, change: (request: SignedRequest) => SignedRequest]>([
  ['no signature', 'unsigned', (one) => ({ ...one, headers: { host: 'a.lambda-url' } })],
  ['another path', 'wrong', (one) => ({ ...one, target: '/b' })],
  ['another query', 'wrong', (one) => ({ ...one, target: `${one.target}&more` })],
  ['another method', 'wrong', (one) => ({ ...one, method: 'HEAD' })],
  ['another host', 'wrong', (one) => ({ ...one, headers: { ...one.headers, host: 'b.lambda-url' } })],
  ['another distribution', 'wrong', (one) => ({ ...one, headers: { ...one.headers, 'x-amz-source-arn': `${ARN}2` } })],
])('%s is read as %s', async (_what, kind, change) => {
  expect(await read(change(await signed()))).toEqual({ kind })
})

test('another secret, and a key that is nobody’s', async () => {
  expect(await read(await signed({}, 'another'))).toEqual({ kind: 'wrong' })
  expect(await readSignature(await signed(), { ...key, accessKeyId: 'OTHER' }, 'us-east-1', noon)).toEqual({
    kind: 'unsigned',
  })
})

test('a signature holds for five minutes', async () => {
  const request = await signed()
  expect(await read(request, noon + 300_000)).toMatchObject({ kind: 'signed' })
  expect(await read(request, noon + 300_001)).toEqual({ kind: 'expired' })
})
