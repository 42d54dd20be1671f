import { randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import { people, practices, type SamplePractice } from '@sax/sample-data'
import type { UserContext } from '@sax/user-context'
import { createMinter } from '@sax/user-context/mint'
import { createVerifier } from '@sax/user-context/verify'
import { createApp } from '../src/app.ts'
import type { AppDeps } from '../src/http/api-env.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { type MemoryStorage, memoryStorage } from './memory-storage.ts'

const samplePractices: readonly SamplePractice[] = practices

export const SECRET = 'a-signing-secret-of-the-tests-0123456789'

/** An answer, read. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape and check what they find
  readonly body: any
  readonly text: string
  readonly bytes: ArrayBuffer
}

export interface Ask {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface TestApi {
  /** A request as the zone would send it for this person. `path` begins below the base path. */
  as(who: UserContext, path: string, ask?: Ask): Promise<Answer>
  /** A request with exactly these headers. */
  plain(path: string, ask?: Ask): Promise<Answer>
  readonly logs: string[]
  readonly database: Database
  /** Where its pictures lie. */
  readonly media: MemoryStorage
  readonly app: ReturnType<typeof createApp>
  close(): Promise<void>
}

export interface TestApiOptions extends Pick<AppDeps, 'hints'> {
  readonly epochMs?: () => number
}

/** The whole application on a real database, asked without a socket. */
export function createTestApi(userUrl: string, { epochMs = Date.now, hints }: TestApiOptions = {}): TestApi {
  const logs: string[] = []
  const logger = createLogger({
    service: 'outreach-api',
    level: 'debug',
    destination: { write: (line) => void logs.push(line) },
  })
  const media = memoryStorage()
  const nowSec = () => Date.now() / 1000
  const database = openDatabase({ address: { kind: 'url', url: userUrl }, logger })
  const app = createApp({
    database,
    verify: createVerifier({ secrets: { current: SECRET }, nowSec }),
    logger,
    newId: randomUUID,
    nowMs: () => performance.now(),
    epochMs,
    hints,
    release: 'test',
    media,
  })
  const mint = createMinter({ secret: SECRET, nowSec })

  const plain = async (path: string, { method = 'GET', body, headers = {} }: Ask = {}): Promise<Answer> => {
    const response = await app.request(path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
    })
    const bytes = await response.arrayBuffer()
    const text = new TextDecoder().decode(bytes)
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : undefined,
      text,
      bytes,
    }
  }

  return {
    plain,
    as: async (who, path, ask = {}) => {
      const { token } = await mint(who, 60)
      return plain(`/outreach${path}`, { ...ask, headers: { ...zoneHeaders(who, token), ...ask.headers } })
    },
    logs,
    database,
    media,
    app,
    close: () => database.close(),
  }
}

function isRaw(body: unknown): body is string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array
}

/** The headers the zone's API routes send. */
export function zoneHeaders(who: UserContext, token: string): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    'x-tenant-id': who.tenantId,
    'x-practice-id': who.practiceId,
    'x-coordinator-sax-id': String(who.saxId),
    'x-user-sax-id': String(who.saxId),
    'x-sax-id': String(who.saxId),
  }
}

/** The user context of a sample person: at home, or in another practice with the roles held there. */
export function contextOf(saxId: number, practiceId?: string): UserContext {
  const person = people.find((one) => one.saxId === saxId)
  if (person === undefined) throw new Error(`no sample person ${saxId}`)
  const practice = samplePractices.find(({ id }) => id === (practiceId ?? person.practiceId))
  if (practice === undefined) throw new Error(`no sample practice ${practiceId}`)
  const held = person.memberships.filter(
    (membership) => membership.tenantId === practice.tenantId && [null, practice.id].includes(membership.practiceId),
  )
  return {
    saxId,
    tenantId: practice.tenantId,
    practiceId: practice.id,
    practiceName: practice.name,
    email: person.email,
    name: person.name,
    roles: held.flatMap(({ roles }) => roles),
  }
}

/** Sample people by what they are. */
export const who = {
  coordinator: contextOf(1386),
  otherCoordinator: contextOf(1387),
  manager: contextOf(1388),
  otherPracticesManager: contextOf(1390),
  administrator: contextOf(1392),
  otherTenantsCoordinator: contextOf(2401),
  otherTenantsManager: contextOf(2402),
  otherTenantsAdministrator: contextOf(2404),
}
