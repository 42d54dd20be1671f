import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LocalSite, readLocalSite } from './settings.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sax-settings-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const site: LocalSite = {
  stage: 'local',
  routing: 'host',
  release: 'abc1234',
  pid: process.pid,
  urls: {
    host: 'http://localhost:8080',
    outreach: 'http://localhost:8081',
    hostPages: 'http://127.0.0.1:3000',
    outreachPages: 'http://127.0.0.1:3001',
    outreachApiRoutes: 'http://127.0.0.1:3002',
    api: 'http://127.0.0.1:4000',
    identityProvider: 'http://localhost:4010',
    carrierSimulator: 'http://localhost:4020',
  },
  databaseUrl: 'postgres://app_user:x@127.0.0.1:54329/outreach',
  databaseAdminUrl: 'postgres://postgres:x@127.0.0.1:54329/outreach',
  logDir: '/data/logs',
  parts: { edge: { pid: 12, port: 8080 } },
  userContextSecret: 'x'.repeat(43),
}

const write = (text: string) => writeFileSync(join(dataDir, 'site.json'), text)

test('a running site is read back as it was written', () => {
  write(JSON.stringify(site))
  expect(readLocalSite(dataDir)).toEqual(site)
})

test.each<[why: string, text: string | undefined]>([
  ['no file', undefined],
  ['half a file', '{"stage":'],
  ['another shape', '{"stage":"production"}'],
  ['a supervisor that is gone', JSON.stringify({ ...site, pid: 2 ** 22 + 1 })],
])('%s means that no site runs', (_why, text) => {
  if (text !== undefined) write(text)
  expect(readLocalSite(dataDir)).toBeUndefined()
})
