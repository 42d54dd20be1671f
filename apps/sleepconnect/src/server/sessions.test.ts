import { generateSessionCookie } from '@auth0/nextjs-auth0/testing'
import { NextRequest, NextResponse } from 'next/server'
import { expect, test } from 'vitest'
import { createAuth0Client } from './auth0-client.ts'
import { parseEnv } from './env.ts'
import type { SessionSecrets } from './secrets.ts'
import { createSessions } from './sessions.ts'

const OLD = 'the session secret of before, long enough'
const NOW = 'the session secret of today, long enough'
const CLIENT = 'the client secret, which is long enough'

const env = parseEnv({
  STAGE: 'local',
  RELEASE: 'r1',
  LOG_LEVEL: 'error',
  AUTH0_DOMAIN: 'https://tenant.example.test',
  AUTH0_CLIENT_ID: 'client',
  AUTH0_CLIENT_SECRET: CLIENT,
  AUTH0_SECRET: NOW,
  APP_BASE_URL: 'https://host.example.test',
  OUTREACH_APP_URL: 'https://zone.example.test',
  USER_CONTEXT_TTL_SEC: '900',
})

/** Sessions of a process that holds `held` and finds `stored` when it reads again. */
function sessionsOf(held: SessionSecrets, stored: SessionSecrets = held) {
  const reads = { held: 0, anew: 0 }
  const auth0 = { clientSecret: CLIENT }
  const sessions = createSessions({
    secrets: {
      auth0: { get: async () => auth0, refresh: async () => auth0 },
      session: {
        get: async () => {
          reads.held += 1
          return held
        },
        refresh: async () => {
          reads.anew += 1
          return stored
        },
      },
    },
    createSdk: (used) => createAuth0Client(env, { ...used, refused: async () => undefined }),
    brings: async (request) => request?.cookies.has('__session') ?? false,
  })
  return { sessions, reads }
}

const user = {
  sub: 'auth0|1',
  sax_id: 1386,
  tenant_id: '00000000-0000-0000-0000-000000000001',
  practice_id: '00000000-0000-0000-0000-000000000020',
  name: 'Dana Whitfield',
  email: 'dana@northshore.example.test',
  roles: ['coordinator'],
}

async function requestUnder(secret: string): Promise<NextRequest> {
  const createdAt = Math.floor(Date.now() / 1000) - 60
  const data = { user, tokenSet: { accessToken: '', expiresAt: 0 }, internal: { sid: 's', createdAt } }
  const cookie = `__session=${await generateSessionCookie(data, { secret })}`
  return new NextRequest('https://host.example.test/patients', { headers: { cookie } })
}

test('a session from before the last rotation is still one, and is renewed under the secret it was written with', async () => {
  const { sessions, reads } = sessionsOf({ current: NOW, previous: OLD })
  const request = await requestUnder(OLD)
  const session = await sessions.of(request)
  expect(session).toMatchObject({ kind: 'usable', context: { saxId: 1386 } })
  expect(reads.anew).toBe(0)
  if (session.kind !== 'usable') return
  const response = NextResponse.next()
  await session.sdk.updateSession(request, response, session.data)
  const renewed = new NextRequest('https://host.example.test/', {
    headers: { cookie: `__session=${response.cookies.get('__session')?.value}` },
  })
  expect(await sessionsOf({ current: OLD }).sessions.of(renewed)).toMatchObject({ kind: 'usable' })
})

test('a session of a secret that somebody else has read already makes this process read it, too', async () => {
  const { sessions, reads } = sessionsOf({ current: OLD }, { current: NOW, previous: OLD })
  expect(await sessions.of(await requestUnder(NOW))).toMatchObject({ kind: 'usable' })
  expect(reads.anew).toBe(1)
})

test('a session of a secret that nobody has is none', async () => {
  const { sessions } = sessionsOf({ current: NOW, previous: OLD })
  expect(await sessions.of(await requestUnder('a secret of somebody else, long enough'))).toEqual({ kind: 'none' })
})

test('without a session cookie no secret is read at all', async () => {
  const { sessions, reads } = sessionsOf({ current: NOW })
  expect(await sessions.of(new NextRequest('https://host.example.test/'))).toEqual({ kind: 'none' })
  expect(reads).toEqual({ held: 0, anew: 0 })
})
