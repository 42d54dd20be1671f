import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, inject, test } from 'vitest'
import { createTestApi, type TestApi, who } from '../../test/api.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { insertSampleData } from './insert-sample-data.ts'

/** A wire to PostgreSQL that can be cut, and one that stays mute. */
class Wire {
  readonly #sockets = new Set<Socket>()
  readonly #target: URL
  #server: Server | undefined
  #port = 0
  mute = false

  constructor(target: string) {
    this.#target = new URL(target)
  }

  async connect(): Promise<void> {
    const server = createServer((near) => {
      this.#keep(near)
      if (this.mute) return
      const far = connect(Number(this.#target.port), this.#target.hostname)
      this.#keep(far)
      near.pipe(far).pipe(near)
    })
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
  }

  /** Breaks every connection; new ones are refused until `connect`. */
  async cut(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    for (const socket of this.#sockets) socket.destroy()
    if (server) await new Promise((resolve) => server.close(resolve))
  }

  /** Breaks every connection and takes new ones at once. */
  flicker(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  get url(): string {
    const url = new URL(this.#target)
    url.port = String(this.#port)
    return url.href
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => this.#sockets.delete(socket))
  }
}

let db: TestDatabase
let wire: Wire
let api: TestApi

async function start(): Promise<void> {
  db = await createTestDatabase(inject('databaseAdminUrl'))
  await insertSampleData(db.adminUrl, new Date())
  wire = new Wire(db.userUrl)
  await wire.connect()
  api = createTestApi(wire.url)
}

afterEach(async () => {
  await api.close()
  await wire.cut()
  await db.drop()
})

const templates = () => api.as(who.coordinator, '/templates')

test('without its database the API answers 503 at once, says so in its health, and recovers by itself', async () => {
  await start()
  expect((await templates()).status).toBe(200)
  await wire.cut()
  const startedMs = performance.now()
  const refused = await templates()
  expect(performance.now() - startedMs).toBeLessThan(1_800)
  expect(refused.status).toBe(503)
  expect(refused.body.code).toBe('UPSTREAM_UNAVAILABLE')
  expect(refused.headers.get('retry-after')).toBe('2')
  const health = await api.plain('/health')
  expect([health.status, health.body.data.status, health.body.data.dependencies.postgres]).toEqual([
    200,
    'degraded',
    'unavailable',
  ])
  await wire.connect()
  expect((await templates()).status).toBe(200)
})

test('a database that takes connections and says nothing is given up after two seconds', async () => {
  await start()
  wire.mute = true
  const startedMs = performance.now()
  const refused = await templates()
  expect(refused.status).toBe(503)
  expect(performance.now() - startedMs).toBeLessThan(8_000)
  wire.mute = false
  expect((await templates()).status).toBe(200)
})

test('a request whose connection breaks half-way is answered 503 and leaves nothing half done', async () => {
  await start()
  const [before] = await db.query('select count(*)::int as n from app.templates')
  const holding = db.query('begin; lock table app.templates in exclusive mode; select pg_sleep(2); commit')
  const body = { name: 'Half', category: 'general', content: 'x', scope: 'private' }
  const waiting = api.as(who.coordinator, '/templates', {
    method: 'POST',
    body,
    headers: { 'idempotency-key': 'half' },
  })
  await waitForLockedQuery()
  await wire.cut()
  expect((await waiting).status).toBe(503)
  await holding
  await wire.connect()
  const repeated = await api.as(who.coordinator, '/templates', {
    method: 'POST',
    body,
    headers: { 'idempotency-key': 'half' },
  })
  expect(repeated.status).toBe(201)
  const [after] = await db.query('select count(*)::int as n from app.templates')
  expect(after?.n).toBe(Number(before?.n) + 1)
})

test('connections that died in the pool are not noticed by anybody who asks', async () => {
  await start()
  await Promise.all(Array.from({ length: 8 }, templates))
  wire.flicker()
  const answers = await Promise.all(Array.from({ length: 8 }, templates))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
})

async function waitForLockedQuery(): Promise<void> {
  for (;;) {
    const rows = await db.query(
      "select from pg_stat_activity where application_name = 'outreach-api' and wait_event_type = 'Lock'",
    )
    if (rows.length > 0) return
  }
}
