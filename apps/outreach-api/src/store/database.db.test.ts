import { createServer, connect as dial, type Socket } from 'node:net'
import { createLogger } from '@sax/logging'
import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'
import { HARBOR_PHONE, receivedText } from '../../test/sending/received-text.ts'
import { viewerOf } from '../domain/viewer.ts'
import { changesPlanned, listChanges } from './changes.ts'
import { type Database, openDatabase, type Transaction, withCommit } from './database.ts'
import { createReceivingStore } from './receiving.ts'

const site = sampleApi()
const tenant = '00000000-0000-0000-0000-000000000001'
const logger = createLogger({ service: 'test', level: 'error' })

const opened: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

function open(url = site.db.userUrl): Database {
  const database = openDatabase({ address: { kind: 'url', url }, logger, poolSize: 1 })
  opened.push(database)
  return database
}

const note = (requestId: string) => sql`
  insert into app.audit_log (tenant_id, practice_id, sax_id, action, patient_ids, request_id)
  values (${tenant}, '00000000-0000-0000-0000-000000000010', 1, 'patients.read', '{}', ${requestId})`
const noted = async (requestId: string) =>
  (await site.db.query('select from app.audit_log where request_id = $1', [requestId])).length
const pidOf = async (tx: Transaction) =>
  (await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)).rows[0]?.pid

test('a statement that leaves with the commit is stored with everything else', async () => {
  const database = open()
  const answer = await database.inTenant(tenant, async (tx) => {
    await tx.execute(note('first'))
    void withCommit(tx, note('second'))
    return 'done'
  })
  expect(answer).toBe('done')
  expect([await noted('first'), await noted('second')]).toEqual([1, 1])
})

test('when it fails so does the transaction, with its error, and nothing is stored', async () => {
  const database = open()
  const work = database.inTenant(tenant, async (tx) => {
    await tx.execute(note('before a failure'))
    void withCommit(tx, sql`select 1 / 0`)
    return 'done'
  })
  await expect(work).rejects.toThrow('division by zero')
  expect(await noted('before a failure')).toBe(0)
  // What comes after it is refused for its sake, and says so.
  const more = database.inTenant(tenant, async (tx) => {
    void withCommit(tx, sql`select 1 / 0`)
    await tx.execute(note('after a failure'))
  })
  await expect(more).rejects.toThrow('division by zero')
  expect(await noted('after a failure')).toBe(0)
  expect(await database.inTenant(tenant, pidOf)).toBeGreaterThan(0)
})

test('a failure that the work passes over does not pass for stored', async () => {
  const database = open()
  const work = database.inTenant(tenant, async (tx) => {
    await tx.execute(note('passed over'))
    await tx.execute(sql`select 1 / 0`).catch(() => undefined)
  })
  await expect(work).rejects.toThrow('ended with ROLLBACK')
  expect(await noted('passed over')).toBe(0)
})

test('a transaction that cannot be set up does nothing, whatever is on its way behind it', async () => {
  const name = `nobody_${crypto.randomUUID().slice(0, 8)}`
  await site.db.query(`create role ${name} login superuser password 'nobody'`)
  try {
    const url = new URL(site.db.userUrl)
    url.username = name
    url.password = 'nobody'
    const database = open(url.href)
    await database.inTenant(tenant, pidOf)
    await site.db.query(`alter role ${name} nosuperuser`)
    const work = database.inTenant(tenant, (tx) => tx.execute(note('never')))
    await expect(work).rejects.toThrow('permission denied to set role')
    expect(await noted('never')).toBe(0)
  } finally {
    for (const one of opened.splice(0)) await one.close()
    await site.db.query(`drop role ${name}`)
  }
})

test('a connection that died in the pool is replaced, and the work done once more', async () => {
  const relay = await relayTo(new URL(site.db.userUrl))
  const database = open(relay.url)
  await database.inTenant(tenant, pidOf)
  relay.cutNext()
  let times = 0
  await database.inTenant(tenant, async (tx) => {
    times += 1
    await tx.execute(note('once more'))
  })
  expect(times).toBe(2)
  expect(await noted('once more')).toBe(1)
})

test('a connection that dies in the middle is not taken for one that died before', async () => {
  const database = open()
  let times = 0
  const work = database.inTenant(tenant, async (tx) => {
    times += 1
    await tx.execute(note('in the middle'))
    await site.db.query('select pg_terminate_backend($1)', [await pidOf(tx)])
    await tx.execute(note('in the middle'))
  })
  await expect(work).rejects.toMatchObject({ code: 'unavailable' })
  expect(times).toBe(1)
  expect(await noted('in the middle')).toBe(0)
})

test('outside of tenants no row of a tenant is seen, and functions that look beyond are asked in one turn', async () => {
  const database = open()
  expect(await database.outsideTenants(sql`select id from app.patients`)).toEqual([])
  await expect(database.outsideTenants(note('outside'))).rejects.toThrow('row-level security')
  expect(await noted('outside')).toBe(0)
})

test('a statement leaves with what begins its transaction, and another with what ends it', async () => {
  const relay = await relayTo(new URL(site.db.userUrl))
  const database = open(relay.url)
  const writesOf = async (work: () => Promise<unknown>) => {
    const before = relay.writes()
    await work()
    return relay.writes() - before
  }
  await database.inTenant(tenant, pidOf)
  expect(await writesOf(() => database.outsideTenants(sql`select 1`))).toBe(1)
  const reading = async (tx: Transaction) => {
    await pidOf(tx)
    void withCommit(tx, note('in two writes'))
  }
  expect(await writesOf(() => database.inTenant(tenant, reading))).toBe(2)
})

test('a text takes three turns, whether or not its patient waits already, and news takes two', async () => {
  const relay = await relayTo(new URL(site.db.userUrl))
  const database = open(relay.url)
  const writesOf = async <R>(work: () => Promise<R>) => {
    const before = relay.writes()
    const answer = await work()
    return { answer, writes: relay.writes() - before }
  }
  const store = createReceivingStore(database, { newId: () => crypto.randomUUID(), nowMs: Date.now })
  const [known] = await site.db.query(
    `select patient_phone from app.conversations where waiting_since is null and practice_id =
       (select practice_id from app.senders where phone = $1) limit 1`,
    [HARBOR_PHONE],
  )
  const text = (digit: number) =>
    receivedText(`SM${String(digit).repeat(32)}`, String(known?.patient_phone), 'When shall I come?')
  await database.inTenant(tenant, pidOf)
  expect(await writesOf(() => store.receive(text(1)))).toEqual({ answer: 'stored', writes: 3 })
  expect(await writesOf(() => store.receive(text(2)))).toEqual({ answer: 'stored', writes: 3 })
  expect(await writesOf(() => store.receive(text(2)))).toMatchObject({ answer: 'seen' })

  await site.db.settled()
  const viewer = viewerOf(who.coordinator)
  const asked = { after: { xid: '0', seq: '0' }, limit: 200, now: new Date(), requestId: 'two turns' }
  const news = () => database.inTenant(tenant, (tx) => listChanges(tx, viewer, asked), changesPlanned)
  expect(await writesOf(news)).toMatchObject({ answer: { kind: 'changes' }, writes: 2 })
  expect(await noted('two turns')).toBe(1)
})

interface Relay {
  /** Connection string through it. */
  readonly url: string
  /** In how many pieces clients have sent what they asked. */
  writes(): number
  /** The connection that sends something next is closed instead. */
  cutNext(): void
}

/** Stands between clients and the database. */
async function relayTo(to: URL): Promise<Relay> {
  let writes = 0
  let cut = false
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = dial(Number(to.port), to.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
    }
    client.on('data', (bytes) => {
      if (cut) {
        cut = false
        client.destroy()
        return
      }
      writes += 1
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => client.write(bytes))
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  opened.push({
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('listens nowhere')
  const url = new URL(to)
  url.host = `127.0.0.1:${address.port}`
  return {
    url: url.href,
    writes: () => writes,
    cutNext: () => {
      cut = true
    },
  }
}
