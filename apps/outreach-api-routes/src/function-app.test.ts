import { createMinter } from '@sax/user-context/mint'
import { expect, test } from 'vitest'
import type { FunctionEnv } from './env.ts'
import { createFunctionApp, start } from './function-app.ts'

const OLD = 'the-secret-that-signs-at-first-0123456789'
const NEW = 'the-secret-that-signs-from-then-on-012345'
const env: FunctionEnv = {
  stage: 'develop',
  release: '0.1.0-0123456789ab',
  logLevel: 'info',
  apiBaseUrl: 'https://backend.test/dev',
  region: 'us-east-1',
  secretsEndpoint: undefined,
  credentials: { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' },
  userContextSecretId: 'sleepconnect/develop/user-context',
}

/** One sandbox of the function, whose secret can be changed under it. `stored: undefined`: Secrets Manager is away. */
function sandbox(first: object | undefined) {
  const world = { nowSec: 1_800_000_000, stored: first, reads: 0, backend: [] as string[] }
  const lines: string[] = []
  const app = createFunctionApp(env, {
    fetch: async () => {
      world.reads += 1
      if (world.stored === undefined) throw new TypeError('fetch failed')
      return Response.json({ SecretString: JSON.stringify(world.stored) })
    },
    backend: async ({ url }) => {
      world.backend.push(url)
      return {
        kind: 'answered',
        status: 200,
        headers: new Map([['content-type', 'application/json']]),
        body: new TextEncoder().encode('{}'),
      }
    },
    newRequestId: () => 'made-here-0001',
    nowMs: () => 0,
    epochMs: () => world.nowSec * 1000,
    destination: { write: (line) => void lines.push(line) },
  })
  const asking = async (secret: string) => {
    const mint = createMinter({ secret, nowSec: () => world.nowSec })
    const { token } = await mint(
      {
        saxId: 1386,
        tenantId: '00000000-0000-4000-8000-000000000001',
        practiceId: '00000000-0000-4000-8000-000000000020',
        email: 'ana@example.test',
        name: 'Ana',
        roles: ['coordinator'],
      },
      900,
    )
    return app.request('/outreach/api/outreach/templates', { headers: { 'x-sax-user-context': token } })
  }
  return { world, lines, app, asking }
}

test('S1: a secret changes while the function runs, and requests under the old and the new one both pass', async () => {
  const { world, asking } = sandbox({ current: OLD })
  expect((await asking(OLD)).status).toBe(200)
  world.stored = { current: OLD, next: NEW }
  world.nowSec += 300
  expect((await asking(OLD)).status).toBe(200)
  expect((await asking(NEW)).status).toBe(200)
  world.stored = { current: NEW, previous: OLD }
  world.nowSec += 300
  expect((await asking(NEW)).status).toBe(200)
  expect((await asking(OLD)).status).toBe(200)
  world.stored = { current: NEW }
  world.nowSec += 300
  expect((await asking(OLD)).status).toBe(401)
  expect((await asking(NEW)).status).toBe(200)
})

test('S1: a secret that was replaced in one step is followed by the next request under it, not five minutes later', async () => {
  const { world, asking } = sandbox({ current: OLD })
  await asking(OLD)
  world.stored = { current: NEW }
  world.nowSec += 10
  expect((await asking(NEW)).status).toBe(200)
  expect(world.reads).toBe(2)
})

test('forged tokens do not make the function ask for its secret each time', async () => {
  const { world, asking } = sandbox({ current: OLD })
  await asking(OLD)
  for (let n = 0; n < 50; n += 1) expect((await asking(NEW)).status).toBe(401)
  expect(world.reads).toBe(1)
})

test('while Secrets Manager is away, whoever is known stays known', async () => {
  const { world, lines, asking } = sandbox({ current: OLD })
  await asking(OLD)
  world.stored = undefined
  world.nowSec += 3600
  expect((await asking(OLD)).status).toBe(200)
  expect(lines.join('')).toContain('could not be read again, its last value stays in use')
})

test('a sandbox that never read its secret says 503, not that nobody is signed in', async () => {
  const { lines, asking } = sandbox(undefined)
  const answer = await asking(OLD)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('2')
  expect(await answer.json()).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', requestId: 'made-here-0001' })
  expect(lines.join('')).toContain('"code":"unavailable"')
})

test('nothing is asked of AWS before a request needs it, and health does not', async () => {
  const { world, app } = sandbox({ current: OLD })
  expect((await app.request('/outreach/api/outreach/health')).status).toBe(200)
  expect(world.reads).toBe(0)
})

test('every line names function, release and request, and no secret', async () => {
  const { lines, asking } = sandbox({ current: OLD })
  await asking(OLD)
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({
      service: 'outreach-api-routes',
      release: '0.1.0-0123456789ab',
      requestId: 'made-here-0001',
    })
  }
  expect(lines.join('')).not.toContain(OLD)
})

test('a start reads the secret, and the first request does not', async () => {
  const { world, app, asking } = sandbox({ current: OLD })
  await start(app)
  expect(world.reads).toBe(1)
  expect((await asking(OLD)).status).toBe(200)
  expect(world.reads).toBe(1)
})

test('a start connects to the backend, and asks it for nothing of anybody', async () => {
  const { world, app } = sandbox({ current: OLD })
  await start(app)
  expect(world.backend).toEqual(['https://backend.test/dev/outreach/health'])
})

test('a start without Secrets Manager leaves it to the first request', async () => {
  const { world, app, asking } = sandbox(undefined)
  await start(app)
  world.stored = { current: OLD }
  expect((await asking(OLD)).status).toBe(200)
})
