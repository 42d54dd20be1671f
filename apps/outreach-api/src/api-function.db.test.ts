import { randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import { createMinter } from '@sax/user-context/mint'
import { expect, test } from 'vitest'
import { who, zoneHeaders } from '../test/api.ts'
import { sampleApi } from '../test/sample-api.ts'
import { createApiFunction } from './api-function.ts'

const OLD = 'the-secret-that-signs-at-first-0123456789'
const NEW = 'the-secret-that-signs-from-then-on-012345'
const site = sampleApi()

/**
 * A request as an HTTP API hands it over: the stage's name begins the path.
 * @source API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs", payload format 2.0
 */
function apiEvent(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET', body?: string) {
  const [rawPath = '', rawQueryString = ''] = `/dev${path}`.split('?')
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: { host: '0qz7d63vw2.execute-api.us-east-1.amazonaws.com', 'x-request-id': 'from-the-zone-42', ...headers },
    requestContext: {
      accountId: '111122223333',
      apiId: '0qz7d63vw2',
      authentication: null,
      authorizer: {},
      domainName: '0qz7d63vw2.execute-api.us-east-1.amazonaws.com',
      domainPrefix: '0qz7d63vw2',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'node' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: 'dev',
      time: '28/Nov/2026:12:00:00 +0000',
      timeEpoch: 1_795_867_200_000,
    },
    body: body ?? null,
    isBase64Encoded: false,
  }
}

/** One sandbox on the test file's database, whose secret can be changed under it. */
function sandbox(first: object | undefined) {
  const world = { nowSec: 1_800_000_000, stored: first, reads: 0 }
  const lines: string[] = []
  const logger = createLogger({
    service: 'outreach-api',
    release: '0.1.0-0123456789ab',
    destination: { write: (line) => void lines.push(line) },
  })
  const { handler, start } = createApiFunction(
    {
      release: '0.1.0-0123456789ab',
      region: 'us-east-1',
      secretsEndpoint: undefined,
      queuesEndpoint: undefined,
      storageEndpoint: undefined,
      readMoods: false,
      credentials: { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' },
      userContextSecretId: 'sleepconnect/develop/user-context',
    },
    {
      database: site.api.database,
      logger,
      newId: randomUUID,
      nowMs: () => 0,
      fetch: async () => {
        world.reads += 1
        if (world.stored === undefined) throw new TypeError('fetch failed')
        return Response.json({ SecretString: JSON.stringify(world.stored) })
      },
      epochMs: () => world.nowSec * 1000,
    },
  )
  const invoke = async (event: ReturnType<typeof apiEvent>) => {
    const answer = await handler(event as unknown as Parameters<typeof handler>[0], {} as Parameters<typeof handler>[1])
    return { ...answer, headers: answer.headers ?? {}, json: JSON.parse(answer.body) }
  }
  const headersUnder = async (secret: string) => {
    const { token } = await createMinter({ secret, nowSec: () => world.nowSec })(who.coordinator, 900)
    return zoneHeaders(who.coordinator, token)
  }
  const asking = async (secret: string) =>
    (await invoke(apiEvent('/outreach/templates?limit=1', await headersUnder(secret)))).statusCode
  return { world, lines, start, invoke, headersUnder, asking }
}

test('a request of the HTTP API is answered from the database', async () => {
  const { invoke, headersUnder, lines } = sandbox({ current: OLD })
  const answer = await invoke(apiEvent('/outreach/templates?search=Welcome', await headersUnder(OLD)))
  expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: false })
  expect(answer.json.data.map((one: { name: string }) => one.name)).toContain('Welcome Message')
  expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'x-request-id': 'from-the-zone-42' })
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      service: 'outreach-api',
      release: '0.1.0-0123456789ab',
      requestId: 'from-the-zone-42',
      path: '/outreach/templates',
    },
  ])
})

test('what is written is read from the body', async () => {
  const { invoke, headersUnder } = sandbox({ current: OLD })
  const headers = { ...(await headersUnder(OLD)), 'content-type': 'application/json' }
  const body = JSON.stringify({ name: 'Grüße', category: 'general', content: 'Hi {{firstName}}', scope: 'private' })
  const answer = await invoke(apiEvent('/outreach/templates', headers, 'POST', body))
  expect([answer.statusCode, answer.json.data.name]).toEqual([201, 'Grüße'])
})

test("D7: health says the package's release, the contracts, and the newest migration", async () => {
  const { invoke } = sandbox(undefined)
  const { json } = await invoke(apiEvent('/outreach/health'))
  expect(json.data).toMatchObject({
    status: 'ok',
    release: '0.1.0-0123456789ab',
    contracts: { api: 1, userContext: 1 },
    migration: expect.stringMatching(/^\d{4}_\w+\.sql$/),
  })
})

test('R2: a request around the zone is told so under the stage path too', async () => {
  const { invoke } = sandbox({ current: OLD })
  const answer = await invoke(apiEvent('/outreach/templates'))
  expect([answer.statusCode, answer.json.code]).toEqual([400, 'VALIDATION_ERROR'])
})

test('S1: a secret changes while the function runs, and requests under the old and the new one both pass', async () => {
  const { world, asking } = sandbox({ current: OLD })
  expect(await asking(OLD)).toBe(200)
  world.stored = { current: NEW, previous: OLD }
  world.nowSec += 10
  expect([await asking(NEW), await asking(OLD)]).toEqual([200, 200])
  world.stored = { current: NEW }
  world.nowSec += 300
  expect([await asking(NEW), await asking(OLD)]).toEqual([200, 401])
  expect(world.reads).toBe(3)
})

test('a sandbox that never read its secret says 503, not that nobody is signed in', async () => {
  const { invoke, headersUnder, lines } = sandbox(undefined)
  const answer = await invoke(apiEvent('/outreach/templates', await headersUnder(OLD)))
  expect([answer.statusCode, answer.json.code, answer.headers['retry-after']]).toEqual([
    503,
    'UPSTREAM_UNAVAILABLE',
    '2',
  ])
  expect(lines.join('')).toContain('"code":"unavailable"')
})

test('a start reads the secret, and the first request does not', async () => {
  const { world, start, asking } = sandbox({ current: OLD })
  await start()
  expect(world.reads).toBe(1)
  expect(await asking(OLD)).toBe(200)
  expect(world.reads).toBe(1)
})

test('a start without Secrets Manager leaves it to the first request', async () => {
  const { world, start, asking } = sandbox(undefined)
  await start()
  world.stored = { current: OLD }
  expect(await asking(OLD)).toBe(200)
})
