import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fixturePart, fixtureParts } from '../../test/fixture-site.ts'
import { isAlive } from '../is-alive.ts'
import { resetData } from '../reset.ts'
import { readLocalSite } from '../settings.ts'
import { claimHolder } from './data-dir-claim.ts'
import { type RunningSite, type SiteOptions, startSite } from './start-site.ts'

let dataDir = ''
let site: RunningSite | undefined

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sax-site-'))
  // PostgreSQL runs as another account when a test runs as root.
  chmodSync(dataDir, 0o755)
})
afterEach(async () => {
  await site?.stop()
  site = undefined
  rmSync(dataDir, { recursive: true, force: true })
})

// Two checkouts may run these tests at once: a fixture of the other one must not answer for ours.
const firstPort = 20_000 + (process.pid % 500) * 10
const ports = {
  edgeHost: firstPort,
  edgeOutreach: firstPort + 1,
  hostPages: firstPort + 2,
  outreachPages: firstPort + 3,
  api: firstPort + 4,
  postgres: firstPort + 5,
}

async function start(options: Partial<SiteOptions> = {}): Promise<RunningSite> {
  site = await startSite({ dataDir, release: 'test', ports, anyPublicPort: true, partsOf: fixtureParts, ...options })
  return site
}

const text = async (url: string) => (await fetch(url)).text()
const within = { timeout: 20_000, interval: 50 }

test('a started site says where everything is, to its owner only', async () => {
  const running = await start()
  const written = readLocalSite(dataDir)
  expect(written).toEqual(running.site)
  expect(statSync(join(dataDir, 'site.json')).mode & 0o777).toBe(0o600)
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
  expect(written?.parts.outreach).toEqual({ pid: running.pidOf('outreach'), port: running.site.parts.outreach?.port })
  expect(await text(written?.urls.api ?? '')).toBe(String(running.pidOf('outreach-api')))
  const client = new Client({ connectionString: written?.databaseAdminUrl ?? '' })
  await client.connect()
  expect((await client.query('select current_database() as name')).rows).toEqual([{ name: 'outreach' }])
  await client.end()
})

test('after a stop no process, no lock and no site is left, and the secrets are kept', async () => {
  const running = await start()
  const pids = Object.values(running.site.parts).map(({ pid }) => pid)
  expect(pids).toHaveLength(3)
  const secret = running.site.userContextSecret
  await running.stop()
  site = undefined
  expect(pids.filter(isAlive)).toEqual([])
  expect(existsSync(join(dataDir, 'site.lock'))).toBe(false)
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
  expect(readLocalSite(dataDir)).toBeUndefined()
  expect(readFileSync(join(dataDir, 'logs', 'outreach.log'), 'utf8')).toContain('told to stop')
  expect((await start()).site.userContextSecret).toBe(secret)
})

test('a build begins when folder and public ports are ours, and names the release', async () => {
  const running = await start({
    release: async () => {
      expect(claimHolder(dataDir)).toBe(process.pid)
      return 'built'
    },
  })
  expect(running.site.release).toBe('built')
  let builds = 0
  const release = async () => {
    builds += 1
    return 'built again'
  }
  const second = startSite({ dataDir, release, ports, anyPublicPort: true, partsOf: fixtureParts })
  await expect(second).rejects.toThrow('another site already runs')
  await running.stop()
  const busy = createServer()
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
  const { port } = busy.address() as AddressInfo
  try {
    const refused = start({ release, ports: { ...ports, edgeHost: port }, anyPublicPort: false })
    await expect(refused).rejects.toThrow(`Port ${port} is in use`)
  } finally {
    busy.close()
  }
  expect(builds).toBe(0)
})

test('a build that fails gives the folder back', async () => {
  await expect(start({ release: () => Promise.reject(new Error('the build broke')) })).rejects.toThrow(
    'the build broke',
  )
  expect(claimHolder(dataDir)).toBeUndefined()
})

test('a second site in the same folder is refused with a sentence, and so is a reset', async () => {
  await start()
  const second = startSite({ dataDir, release: 'test', ports, anyPublicPort: true, partsOf: fixtureParts })
  await expect(second).rejects.toThrow(`another site already runs in ${dataDir}`)
  expect(() => resetData(dataDir)).toThrow('another site already runs')
  expect(readLocalSite(dataDir)).toBeDefined()
})

test('a part that died is started again and said so', async () => {
  const told: string[] = []
  const running = await start({ say: (message) => told.push(message) })
  const before = running.pidOf('outreach')
  await text(`${running.site.urls.outreachPages}/crash`)
  await vi.waitFor(() => expect(told).toContain('outreach is back.'), within)
  expect(told).toContain('outreach stopped by itself (exit code 7); starting it again in 0.5 s.')
  const after = running.pidOf('outreach')
  expect(after).not.toBe(before)
  await vi.waitFor(() => expect(readLocalSite(dataDir)?.parts.outreach?.pid).toBe(after), within)
})

test('what a part that died had started ends before the part is started again', async () => {
  const running = await start({
    partsOf: (facts) => ({
      ...fixtureParts(facts),
      atOnce: [fixturePart('outreach', facts.ports.outreachPages, { HELPER: 'yes' })],
    }),
  })
  const helper = Number(await text(`${running.site.urls.outreachPages}/helper`))
  expect(isAlive(helper)).toBe(true)
  process.kill(running.pidOf('outreach') ?? 0, 'SIGKILL')
  await vi.waitFor(() => expect(isAlive(helper)).toBe(false), within)
})

test('a part that was stopped stays stopped until it is started', async () => {
  const running = await start()
  await running.stopPart('outreach')
  expect(running.pidOf('outreach')).toBeUndefined()
  await expect(fetch(running.site.urls.outreachPages)).rejects.toThrow()
  await running.startPart('outreach')
  expect(await text(running.site.urls.outreachPages)).toBe(String(running.pidOf('outreach')))
})

test('a database that was killed comes back under the same port with what it held', async () => {
  const told: string[] = []
  const running = await start({ say: (message) => told.push(message) })
  const query = async (sql: string) => {
    const client = new Client({ connectionString: running.site.databaseAdminUrl })
    await client.connect()
    const { rows } = await client.query(sql)
    await client.end()
    return rows
  }
  await query('create table kept as select 1 as one')
  process.kill(running.pidOf('postgres') ?? 0, 'SIGKILL')
  await vi.waitFor(() => expect(told).toContain('Database is back.'), within)
  expect(await query('select one from kept')).toEqual([{ one: 1 }])
})

test('a part that cannot start stops the start, with what it said, and leaves nothing running', async () => {
  const broken = start({
    partsOf: (facts) => ({
      ...fixtureParts(facts),
      atOnce: [fixturePart('outreach', facts.ports.outreachPages, { FAIL: 'start' })],
    }),
  })
  await expect(broken).rejects.toThrow(/outreach ended while starting:\nthe fixture was told to fail/)
  expect(existsSync(join(dataDir, 'site.lock'))).toBe(false)
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
})

test('a busy inner port is exchanged and said so; a busy public one is an error that says what to do', async () => {
  const busy = createServer()
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
  const { port } = busy.address() as AddressInfo
  try {
    const told: string[] = []
    const running = await start({ ports: { ...ports, api: port }, say: (message) => told.push(message) })
    expect(running.site.parts['outreach-api']?.port).not.toBe(port)
    expect(told.join()).toContain(`port ${port} is in use: api takes`)
    await running.stop()
    const refused = start({ ports: { ...ports, edgeHost: port }, anyPublicPort: false })
    await expect(refused).rejects.toThrow(`Port ${port} is in use by another program`)
    await expect(refused).rejects.toThrow(`SAX_PORT_EDGE_HOST=${port + 10} npm start`)
  } finally {
    busy.close()
  }
})

test('when the supervisor is killed its parts end by themselves, and the next start takes the database over', async () => {
  const supervisor = spawn(
    process.execPath,
    [fileURLToPath(new URL('../../test/supervise-fixture.ts', import.meta.url)), JSON.stringify({ dataDir, ports })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const line = await new Promise<string>((resolve) => supervisor.stdout.once('data', (data) => resolve(String(data))))
  const parts = JSON.parse(line) as Record<string, { pid: number }>
  supervisor.kill('SIGKILL')
  const nodes = [parts.outreach?.pid ?? 0, parts['outreach-api']?.pid ?? 0]
  await vi.waitFor(() => expect(nodes.filter(isAlive)).toEqual([]), within)
  const running = await start()
  expect(running.pidOf('postgres')).toBe(parts.postgres?.pid)
})

test('a reset removes the data and nothing that is somebody else’s', async () => {
  const running = await start()
  await running.stop()
  site = undefined
  expect(resetData(dataDir)).toContain('is gone')
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
  expect(existsSync(join(dataDir, 'secrets.json'))).toBe(false)
})
