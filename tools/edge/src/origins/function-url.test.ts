import { afterEach, expect, test } from 'vitest'
import { closeAll, hashOf, seen, startOrigin } from '../../test/front-door.ts'
import type { OriginGrants } from '../config/distribution.ts'
import { DEFAULT_PATIENCE } from '../fetch-origin.ts'
import { createFunctionUrl, MAX_PAYLOAD_BYTES } from './function-url.ts'
import type { OriginFetcher } from './origin.ts'

const opened: OriginFetcher[] = []
afterEach(async () => {
  for (const fetcher of opened.splice(0)) await fetcher.close?.()
  await closeAll()
})

const granted: OriginGrants = { distributions: ['E1'], mayList: false, authType: 'AWS_IAM' }

interface Asked {
  readonly grants?: OriginGrants | undefined
  readonly signedBy?: string | undefined
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer<ArrayBuffer>
}

async function call(asked: Asked = {}): Promise<Response> {
  const url = await startOrigin((incoming, outgoing) => {
    let bytes = 0
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength
    })
    incoming.on('end', () => outgoing.end(JSON.stringify({ ...seen(incoming), bytes })))
  })
  const grants = 'grants' in asked ? asked.grants : granted
  const origin = { domainName: 'Pages.FunctionUrl', grants, ...DEFAULT_PATIENCE }
  const fetcher = createFunctionUrl({ origin, url, protocol: 'https' })
  opened.push(fetcher)
  const { method = 'GET', headers = {}, body } = asked
  return fetcher({
    target: '/a?b',
    method,
    headers: new Headers({ host: 'pages.functionurl', ...headers }),
    body: body === undefined ? null : new Blob([body]).stream(),
    signal: new AbortController().signal,
    signedBy: 'signedBy' in asked ? asked.signedBy : 'E1',
  })
}

test('S12: a call that no granted distribution signed is refused', async () => {
  for (const asked of [{ signedBy: undefined }, { signedBy: 'E2' }, { grants: undefined }]) {
    const response = await call(asked)
    expect([response.status, await response.json()]).toEqual([403, { Message: 'Forbidden' }])
  }
})

test('a granted call reaches the function, which hears its own address and how it was called', async () => {
  const response = await call({ headers: { 'x-forwarded-proto': 'http', 'x-forwarded-port': '1' } })
  const { headers, target } = (await response.json()) as ReturnType<typeof seen>
  expect([response.status, target, headers['x-forwarded-proto'], headers['x-forwarded-port']]).toEqual([
    200,
    '/a?b',
    'https',
    undefined,
  ])
  expect(headers.host).toMatch(/^127\.0\.0\.1:\d+$/)
})

test('the viewer’s Host, forwarded, is refused even where anybody may call', async () => {
  const headers = { host: 'dreamconnect.health' }
  expect((await call({ headers })).status).toBe(403)
  expect((await call({ headers, grants: { ...granted, authType: 'NONE' } })).status).toBe(403)
})

test.each<[method: string, headers: Record<string, string>, status: number]>([
  ['POST', {}, 403],
  ['PUT', { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, 403],
  ['PATCH', hashOf('{ }'), 403],
  ['DELETE', {}, 403],
  ['POST', hashOf('{}'), 200],
  ['DELETE', hashOf('{}'), 200],
])('%s with a body and %j is answered %i', async (method, headers, status) => {
  expect((await call({ method, headers, body: '{}' })).status).toBe(status)
})

test('a write without a body needs no hash, but a wrong one is refused', async () => {
  expect((await call({ method: 'POST' })).status).toBe(200)
  expect((await call({ method: 'POST', headers: hashOf('') })).status).toBe(200)
  expect((await call({ method: 'POST', headers: hashOf('{}') })).status).toBe(403)
})

test('S12: without authentication anybody passes, with any body', async () => {
  const grants: OriginGrants = { ...granted, authType: 'NONE' }
  expect((await call({ grants, signedBy: undefined, method: 'POST', body: '{}' })).status).toBe(200)
})

test('C3: a payload of 6 MiB arrives whole, one byte more is 413', async () => {
  const body = Buffer.alloc(MAX_PAYLOAD_BYTES)
  const fits = await call({ method: 'POST', body, headers: hashOf(body) })
  expect(await fits.json()).toMatchObject({ bytes: 6_291_456 })
  const large = Buffer.alloc(MAX_PAYLOAD_BYTES + 1)
  expect((await call({ method: 'POST', body: large, headers: hashOf(large) })).status).toBe(413)
})

test('a viewer who leaves in the middle of a body asks nothing', async () => {
  const url = await startOrigin(() => undefined)
  const origin = { domainName: 'f', grants: granted, ...DEFAULT_PATIENCE }
  const fetcher = createFunctionUrl({ origin, url, protocol: 'https' })
  opened.push(fetcher)
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.error(new Error('aborted')),
  })
  const request = { target: '/', method: 'POST', headers: new Headers({ host: 'f' }), signedBy: 'E1' }
  await expect(fetcher({ ...request, body, signal: new AbortController().signal })).rejects.toMatchObject({
    code: 'origin_down',
  })
})
