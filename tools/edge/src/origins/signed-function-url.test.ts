import { afterEach, expect, test } from 'vitest'
import { closeAll, seen, startOrigin } from '../../test/front-door.ts'
import { DEFAULT_PATIENCE } from '../fetch-origin.ts'
import type { OriginFetcher } from './origin.ts'
import { createSignedFunctionUrl } from './signed-function-url.ts'

const opened: OriginFetcher[] = []
afterEach(async () => {
  for (const fetcher of opened.splice(0)) await fetcher.close?.()
  await closeAll()
})

const NAME = 'abc.lambda-url.us-east-1.on.aws'
/** sha256 of `{}`, from sha256sum. */
const OF_BRACES = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'

async function call(signedBy: string | undefined, headers: Record<string, string> = {}, body?: string) {
  const listener = await startOrigin((incoming, outgoing) => outgoing.end(JSON.stringify(seen(incoming))))
  const fetcher = createSignedFunctionUrl({
    ...{ origin: { domainName: NAME, ...DEFAULT_PATIENCE }, listener, region: 'us-east-1' },
    key: { accessKeyId: 'FRONTDOOR', secretAccessKey: 'secret' },
    arnOf: (id) => `arn:aws:cloudfront::111122223333:distribution/${id}`,
    nowMs: () => Date.UTC(2026, 10, 28, 12),
  })
  opened.push(fetcher)
  const answer = await fetcher({
    ...{ target: '/a%20b?q=%5Bx%5D', method: body === undefined ? 'GET' : 'POST', signedBy },
    headers: new Headers({ host: NAME, ...headers }),
    body: body === undefined ? null : new Blob([body]).stream(),
    signal: new AbortController().signal,
  })
  return (await answer.json()) as ReturnType<typeof seen>
}

test('a signed call names the distribution, under the URL’s own name, its target untouched', async () => {
  const { target, headers } = await call('E1', { cookie: 'a=b' })
  expect([target, headers.host, headers.cookie]).toEqual(['/a%20b?q=%5Bx%5D', NAME, 'a=b'])
  expect(headers).toMatchObject({
    'x-amz-date': '20261128T120000Z',
    'x-amz-source-arn': 'arn:aws:cloudfront::111122223333:distribution/E1',
  })
  expect(headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=FRONTDOOR\/20261128\/us-east-1\/lambda\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-source-arn, Signature=[0-9a-f]{64}$/,
  )
})

test('the viewer’s hash of a body is signed, and a signature differs with it', async () => {
  const hashed = await call('E1', { 'x-amz-content-sha256': OF_BRACES }, '{}')
  const bare = await call('E1', {}, '{}')
  expect(hashed.headers.authorization).toContain('SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-source-arn')
  expect(hashed.headers.authorization?.slice(-64)).not.toBe(bare.headers.authorization?.slice(-64))
})

test('what a viewer says of sources and signatures does not get through', async () => {
  const forged = { 'x-amz-source-arn': 'arn:aws:cloudfront::1:distribution/E9', 'x-amz-date': '20200101T000000Z' }
  const { headers } = await call('E1', forged)
  expect([headers['x-amz-source-arn'], headers['x-amz-date']]).toEqual([
    'arn:aws:cloudfront::111122223333:distribution/E1',
    '20261128T120000Z',
  ])
})

test('without origin access control nothing is signed', async () => {
  expect((await call(undefined)).headers.authorization).toBeUndefined()
})
