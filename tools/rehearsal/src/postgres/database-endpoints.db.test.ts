import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningPostgres, removePostgresData, startPostgres } from '@sax/local/postgres'
import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'
import { Client, type ClientConfig, Pool } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Listening } from '../loopback.ts'
import { type CertificateAuthority, keptAuthority } from '../tls/certificate-authority.ts'
import { type Administration, administer } from './administration.ts'
import { startDatabaseEndpoints } from './database-endpoints.ts'

const PROXY = 'site.proxy-1.us-east-1.rds.amazonaws.com'
const CLUSTER = 'site.cluster-1.us-east-1.rds.amazonaws.com'
const dataDir = mkdtempSync(join(tmpdir(), 'sax-endpoints-'))
const newNonce = () => randomBytes(18).toString('base64url')
const refusals: string[] = []
let postgres: RunningPostgres
let administration: Administration
let endpoints: Listening
let authority: CertificateAuthority
beforeAll(async () => {
  postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), port: 22_140, password: 'of the superuser' })
  administration = await administer({ port: postgres.port, password: 'of the superuser', newNonce })
  authority = await keptAuthority(dataDir, Date.now)
  endpoints = await startDatabaseEndpoints({
    ...{ authority, administration, databasePort: postgres.port, region: 'us-east-1', newNonce },
    endpointOf: async (name) =>
      name === PROXY
        ? { kind: 'proxy', host: PROXY }
        : name === CLUSTER
          ? { kind: 'cluster', host: CLUSTER }
          : undefined,
    keys: {
      nowMs: Date.now,
      keyOf: (id) => (id === 'ASIAFUNCTION' ? { secretAccessKey: 'secret', sessionToken: 'session' } : undefined),
    },
    onRefusal: ({ kind }, why) => void refusals.push(`${kind}: ${why}`),
  })
  const admin = new Client({ connectionString: postgres.url() })
  await admin.connect()
  await admin.query(`create role app_user login; grant rds_iam to app_user`)
  await admin.query(`create role plain login password 'of plain'`)
  await admin.end()
}, 60_000)
afterEach(() => void refusals.splice(0))
afterAll(async () => {
  await endpoints.close()
  administration.close()
  await postgres.stop()
  removePostgresData(join(dataDir, 'postgres'))
  rmSync(dataDir, { recursive: true })
})

async function token(host: string, user = 'app_user', secretAccessKey = 'secret'): Promise<string> {
  const signer = new SignatureV4({
    ...{ credentials: { accessKeyId: 'ASIAFUNCTION', secretAccessKey, sessionToken: 'session' }, region: 'us-east-1' },
    ...{ service: 'rds-db', sha256: Hash.bind(null, 'sha256') },
  })
  const { query } = await signer.presign(
    {
      ...{ method: 'GET', protocol: 'https:', hostname: host, port: 5432, path: '/' },
      headers: { host: `${host}:5432` },
      query: { Action: 'connect', DBUser: user },
    },
    { expiresIn: 900 },
  )
  return `${host}:5432/?${new URLSearchParams(query as Record<string, string>)}`
}

/** The name stays what the function believes it is; the connection goes to loopback. */
const to = (host: string, more: ClientConfig): ClientConfig => ({
  ...{ host: '127.0.0.1', port: endpoints.port, database: 'postgres' },
  ssl: { ca: authority.pem, servername: host },
  ...more,
})

async function who(config: ClientConfig): Promise<string> {
  const client = new Client(config)
  try {
    await client.connect()
    const { rows } = await client.query<{ who: string }>('select session_user as who')
    return rows[0]?.who ?? ''
  } finally {
    await client.end().catch(() => undefined)
  }
}

test('the proxy lets a member of rds_iam in with a token', async () => {
  expect(await who(to(PROXY, { user: 'app_user', password: await token(PROXY) }))).toBe('app_user')
})

test('many at once, and results of any size', async () => {
  const pool = new Pool(to(PROXY, { user: 'app_user', password: () => token(PROXY) }))
  const sums = await Promise.all(
    Array.from({ length: 30 }, () => pool.query<{ text: string }>("select repeat('x', 200000) as text")),
  )
  expect(sums.map(({ rows }) => rows[0]?.text.length)).toEqual(Array.from({ length: 30 }, () => 200_000))
  await pool.end()
})

test('somebody set another password meanwhile: a token still opens', async () => {
  const admin = new Client({ connectionString: postgres.url() })
  await admin.connect()
  await admin.query(`alter role app_user password 'of somebody'`)
  await admin.end()
  expect(await who(to(PROXY, { user: 'app_user', password: await token(PROXY) }))).toBe('app_user')
})

test.each<[what: string, config: () => Promise<ClientConfig>, code: string, message: string, why: string]>([
  [
    'a token made with another secret',
    async () => to(PROXY, { user: 'app_user', password: await token(PROXY, 'app_user', 'guessed') }),
    '28000',
    'The IAM authentication failed for the role app_user. Check the IAM token for this role and try again.',
    'proxy: token: wrong_signature',
  ],
  [
    'a token for the cluster',
    async () => to(PROXY, { user: 'app_user', password: await token(CLUSTER) }),
    '28000',
    'The IAM authentication failed for the role app_user. Check the IAM token for this role and try again.',
    'proxy: token: other_use',
  ],
  [
    'a password',
    async () => to(PROXY, { user: 'postgres', password: 'of the superuser' }),
    '28000',
    'The IAM authentication failed for the role postgres. Check the IAM token for this role and try again.',
    'proxy: token: malformed',
  ],
  [
    'a role that is no member of rds_iam',
    async () => to(PROXY, { user: 'plain', password: await token(PROXY, 'plain') }),
    '28000',
    'The IAM authentication failed for the role plain. Check the IAM token for this role and try again.',
    'proxy: no member of rds_iam',
  ],
  [
    'an option in the startup message',
    async () => to(PROXY, { user: 'app_user', password: await token(PROXY), statement_timeout: 5000 }),
    '0A000',
    "Feature not supported: RDS Proxy currently doesn't support the option statement_timeout.",
    "proxy: RDS Proxy currently doesn't support the option statement_timeout.",
  ],
  [
    'command-line options',
    async () => to(PROXY, { user: 'app_user', password: await token(PROXY), options: '-c search_path=app' }),
    '0A000',
    "Feature not supported: RDS Proxy currently doesn't support command-line options.",
    "proxy: RDS Proxy currently doesn't support command-line options.",
  ],
  [
    'no TLS',
    async () => ({ ...to(PROXY, { user: 'app_user', password: await token(PROXY) }), ssl: false }),
    '28000',
    'This RDS Proxy requires TLS connections.',
    'proxy: no TLS',
  ],
  [
    'at the cluster, a password of a member of rds_iam',
    async () => to(CLUSTER, { user: 'app_user', password: 'of somebody' }),
    '28000',
    'PAM authentication failed for user "app_user"',
    'cluster: token: malformed',
  ],
  [
    'at the cluster, a wrong password',
    async () => to(CLUSTER, { user: 'postgres', password: 'guessed' }),
    '28P01',
    'password authentication failed for user "postgres"',
    'cluster: the database said 28P01',
  ],
])('%s is refused', async (_what, config, code, message, why) => {
  await expect(who(await config())).rejects.toMatchObject({ code, message })
  expect(refusals).toEqual([why])
})

test('the cluster lets its administrator in by password, and members of rds_iam with a token of its own', async () => {
  expect(await who(to(CLUSTER, { user: 'postgres', password: 'of the superuser', statement_timeout: 5000 }))).toBe(
    'postgres',
  )
  expect(await who(to(CLUSTER, { user: 'app_user', password: await token(CLUSTER) }))).toBe('app_user')
})

test('a name that RDS gave to nobody gets no certificate, and who trusts another authority goes away', async () => {
  const stranger = to('other.cluster-1.us-east-1.rds.amazonaws.com', { user: 'postgres', password: 'x' })
  await expect(who(stranger)).rejects.toThrow(/handshake failure/i)
  const mistrusting = { ...to(CLUSTER, { user: 'postgres', password: 'x' }), ssl: { servername: CLUSTER } }
  await expect(who(mistrusting)).rejects.toThrow(/self-signed certificate/)
})

test('a request is cancelled as at PostgreSQL itself', async () => {
  const client = new Client(to(CLUSTER, { user: 'postgres', password: 'of the superuser' }))
  await client.connect()
  const { processID, secretKey } = client as unknown as { processID: number; secretKey: number }
  const sleeping = expect(client.query('select pg_sleep(20)')).rejects.toMatchObject({ code: '57014' })
  const packet = Buffer.alloc(16)
  for (const [i, word] of [16, 80_877_102, processID, secretKey].entries()) packet.writeInt32BE(word, i * 4)
  const asker = new Client(to(CLUSTER, { user: 'postgres', password: 'of the superuser' }))
  await asker.connect()
  await expect
    .poll(() =>
      asker
        .query(`select 1 from pg_stat_activity where query like '%pg_sleep(20)%' and pid = ${processID}`)
        .then(({ rowCount }) => rowCount),
    )
    .toBe(1)
  await asker.end()
  connect(endpoints.port, '127.0.0.1').end(packet)
  await sleeping
  await client.end()
})
