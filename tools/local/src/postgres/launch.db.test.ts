import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, expect, test } from 'vitest'
import { completeBinaries, postgresBinaries } from './binaries.ts'
import { type RunningPostgres, removePostgresData, startPostgres } from './launch.ts'
import { isPostgres } from './lock-file.ts'

const password = 'local-only'
const folders: string[] = []
const servers: RunningPostgres[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
  for (const folder of folders.splice(0)) {
    removePostgresData(join(folder, 'postgres'))
    rmSync(folder, { recursive: true, force: true })
  }
})

function newFolder(mode = 0o755): string {
  const folder = mkdtempSync(join(tmpdir(), 'sax-postgres-'))
  folders.push(folder)
  chmodSync(folder, mode)
  return folder
}

async function start(folder: string, port = 22_100, log?: (line: string) => void): Promise<RunningPostgres> {
  const server = await startPostgres({ dataDir: join(folder, 'postgres'), port, password, ...(log ? { log } : {}) })
  servers.push(server)
  return server
}

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('a first start makes a UTF-8 database with checksums that asks for its password', async () => {
  const server = await start(newFolder())
  expect(server.fresh).toBe(true)
  expect(await query(server.url(), 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }])
  expect(await query(server.url(), 'show data_checksums')).toEqual([{ data_checksums: 'on' }])
  await expect(query(server.url('postgres', 'postgres', 'wrong'), 'select 1')).rejects.toThrow(/password/)
}, 60_000)

test('a restart keeps the data, and a stop leaves no process and no lock', async () => {
  const folder = newFolder()
  const first = await start(folder)
  await query(first.url(), `create table kept as select 'O''Brien' as name`)
  const { pid } = first
  await first.stop()
  expect(isPostgres(pid)).toBe(false)
  expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false)
  const second = await start(folder)
  expect(second.fresh).toBe(false)
  expect(await query(second.url(), 'select name from kept')).toEqual([{ name: "O'Brien" }])
}, 60_000)

test('a server that a killed run left behind is taken over, and stops with the site', async () => {
  const folder = newFolder()
  const orphan = await start(folder)
  const told: string[] = []
  const adopted = await start(folder, 22_101, (line) => told.push(line))
  expect(adopted.pid).toBe(orphan.pid)
  expect(adopted.port).toBe(orphan.port)
  expect(told.join()).toContain('taking over the PostgreSQL that still runs')
  await adopted.stop()
  expect(isPostgres(orphan.pid)).toBe(false)
}, 60_000)

test('a server killed in mid-work is started again with everything it had written', async () => {
  const folder = newFolder()
  const first = await start(folder)
  await query(first.url(), 'create table kept as select generate_series(1, 1000) as n')
  process.kill(first.pid, 'SIGKILL')
  const second = await start(folder)
  expect(second.pid).not.toBe(first.pid)
  expect(await query(second.url(), 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }])
}, 60_000)

test('a lock whose number another program has got since is dropped', async () => {
  const folder = newFolder()
  const first = await start(folder)
  const lock = join(folder, 'postgres', 'postmaster.pid')
  const text = readFileSync(lock, 'utf8')
  await first.stop()
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  try {
    writeFileSync(lock, text.replace(/^\d+/, String(stranger.pid)))
    const second = await start(folder)
    expect(await query(second.url(), 'select 1 as one')).toEqual([{ one: 1 }])
  } finally {
    stranger.kill()
  }
}, 60_000)

test('a busy port is not fought over: another is taken and said so', async () => {
  const busy = createServer()
  const port = await new Promise<number>((resolve) => {
    busy.listen(0, '127.0.0.1', () => {
      const address = busy.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  try {
    const told: string[] = []
    const server = await start(newFolder(), port, (line) => told.push(line))
    expect(server.port).not.toBe(port)
    expect(told.join()).toContain(`port ${port} is busy`)
  } finally {
    busy.close()
  }
}, 60_000)

test('a folder that only its owner may enter does not stop it, and its data is found to be removed', async () => {
  const folder = newFolder(0o700)
  const told: string[] = []
  const server = await start(folder, 22_102, (line) => told.push(line))
  expect(await query(server.url(), 'select 1 as one')).toEqual([{ one: 1 }])
  const outside = /its data lies in (\S+)/.exec(told.join('\n'))?.[1]
  // Only root runs PostgreSQL as somebody else, who may not enter; everybody else keeps the data where it was wished.
  expect(outside === undefined).toBe(process.getuid?.() !== 0)
  await server.stop()
  removePostgresData(join(folder, 'postgres'))
  expect(existsSync(outside ?? join(folder, 'postgres'))).toBe(false)
}, 60_000)

test('library links that the install script did not make are made', () => {
  const folder = newFolder()
  const native = join(folder, 'native')
  mkdirSync(join(native, 'lib'), { recursive: true })
  writeFileSync(join(native, 'lib', 'libx.so.1.2'), 'x')
  writeFileSync(
    join(native, 'pg-symlinks.json'),
    JSON.stringify([{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }]),
  )
  expect(completeBinaries(native)).toBe(1)
  expect(readFileSync(join(native, 'lib', 'libx.so.1'), 'utf8')).toBe('x')
  expect(completeBinaries(native)).toBe(0)
  unlinkSync(join(native, 'lib', 'libx.so.1'))
  symlinkSync('libx.so.1.2', join(native, 'lib', 'libx.so.1'))
  expect(completeBinaries(native)).toBe(0)
})

test('a machine without binaries is told what to do', () => {
  expect(() => postgresBinaries('sunos', 'sparc')).toThrow('set DATABASE_URL')
})
