import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMinter } from '@sax/user-context/mint'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { StreamingRuntime, urlEvent } from '../test/streaming-runtime.ts'

const SECRET = 'a-signing-secret-of-the-tests-0123456789'
const TENANT = '00000000-0000-4000-8000-000000000001'
const servers: Server[] = []
const runtime = new StreamingRuntime()
const folder = mkdtempSync(join(tmpdir(), 'sax-function-'))
const asked: { url: string | undefined; method: string | undefined; tenant: unknown; body: string }[] = []

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const bodyOf = async (request: IncomingMessage) => Buffer.concat(await request.toArray()).toString()

beforeAll(async () => {
  const manager = await listening((_request, response) => {
    response.end(JSON.stringify({ SecretString: JSON.stringify({ current: SECRET }) }))
  })
  const backend = await listening(async (request, response) => {
    const { url, method, headers } = request
    asked.push({ url, method, tenant: headers['x-tenant-id'], body: await bodyOf(request) })
    response.writeHead(200, { 'content-type': 'application/json' }).end(`{"data":["${'é'.repeat(2000)}"]}`)
  })
  writeFileSync(join(folder, 'release.json'), '{"release":"0.1.0-0123456789ab"}')
  const environment = {
    STAGE: 'develop',
    LOG_LEVEL: 'error',
    API_BASE_URL: `${backend}/dev`,
    PUBLIC_NAMES: 'site.example,zone.example',
    USER_CONTEXT_SECRET_ID: 'sleepconnect/develop/user-context',
    LAMBDA_TASK_ROOT: folder,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
    AWS_SESSION_TOKEN: 'of-the-session',
    AWS_ENDPOINT_URL: manager,
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  vi.stubGlobal('awslambda', runtime.awslambda)
})

beforeEach(async () => {
  await handler() // which asks for something itself when it starts
  asked.length = 0
})

afterAll(async () => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  rmSync(folder, { recursive: true })
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

const { token } = await createMinter({ secret: SECRET, nowSec: () => Date.now() / 1000 })(
  {
    saxId: 1386,
    tenantId: TENANT,
    practiceId: '00000000-0000-4000-8000-000000000020',
    email: 'ana@example.test',
    name: 'Ana',
    roles: ['coordinator'],
  },
  60,
)
const handler = async () => (await import('./lambda.ts')).handler

test('a request by the function URL reaches the backend, and its answer is streamed', async () => {
  const answer = await runtime.invoke(
    await handler(),
    urlEvent('/outreach/api/outreach/templates?limit=5', { cookies: ['other=1', `x-sax-user-context=${token}`] }),
  )
  expect(answer.statusCode).toBe(200)
  expect(JSON.parse(answer.body)).toEqual({ data: ['é'.repeat(2000)] })
  expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'private, no-store' })
  expect(answer.headers['content-encoding']).toBeUndefined()
  expect(asked).toEqual([{ url: '/dev/outreach/templates?limit=5', method: 'GET', tenant: TENANT, body: '' }])
})

test('a body comes in base64 and goes on as it was', async () => {
  const answer = await runtime.invoke(
    await handler(),
    urlEvent('/outreach/api/outreach/templates', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sax-user-context': token },
      body: '{"name":"Grüße"}',
    }),
  )
  expect(answer.statusCode).toBe(200)
  expect(asked).toMatchObject([{ method: 'POST', body: '{"name":"Grüße"}' }])
})

test('without a token the answer is 401 in the one shape', async () => {
  const answer = await runtime.invoke(await handler(), urlEvent('/outreach/api/outreach/templates'))
  expect(answer.statusCode).toBe(401)
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'UNAUTHORIZED' })
  expect(asked).toEqual([])
})

test('D7: health says the release of the package', async () => {
  const answer = await runtime.invoke(await handler(), urlEvent('/outreach/api/outreach/health'))
  expect(JSON.parse(answer.body)).toMatchObject({
    data: { part: 'outreach-api-routes', release: '0.1.0-0123456789ab', contracts: { api: 1, userContext: 1 } },
  })
})
