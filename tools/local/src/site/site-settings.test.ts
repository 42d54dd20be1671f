import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimDataDir, claimHolder } from './data-dir-claim.ts'
import { foreignDatabase } from './database.ts'
import { readSiteEnvironment } from './env.ts'
import { type LogLine, openPartLog } from './part-log.ts'
import { partsOfSite, type SiteFacts } from './parts-of-site.ts'
import { portVariable } from './ports.ts'
import { keptSecrets } from './secrets.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sax-settings-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

test('a claim of a process that is gone is taken over', () => {
  writeFileSync(join(dataDir, 'site.lock'), `${2 ** 22 + 1}\n`)
  const release = claimDataDir(dataDir)
  expect(claimHolder(dataDir)).toBe(process.pid)
  release()
  expect(claimHolder(dataDir)).toBeUndefined()
})

test('an empty claim counts while it may still be written, and not for ever after the machine went down', () => {
  const lock = join(dataDir, 'site.lock')
  writeFileSync(lock, '')
  expect(() => claimDataDir(dataDir)).toThrow('another site already runs')
  const aMinuteAgo = Date.now() / 1000 - 60
  utimesSync(lock, aMinuteAgo, aMinuteAgo)
  claimDataDir(dataDir)()
})

test('secrets that cannot be read are not replaced: they open the database', () => {
  const first = keptSecrets(dataDir)
  expect(keptSecrets(dataDir)).toEqual(first)
  expect(new Set(Object.values(first)).size).toBe(5)
  writeFileSync(join(dataDir, 'secrets.json'), '{')
  expect(() => keptSecrets(dataDir)).toThrow('npm run reset')
})

test('a folder of before there was a carrier keeps its secrets and gets the carrier’s', () => {
  const { carrierAuthToken: _none, ...old } = keptSecrets(dataDir)
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify(old))
  const grown = keptSecrets(dataDir)
  expect(grown).toEqual({ ...old, carrierAuthToken: expect.stringMatching(/^[\w-]{43}$/) })
  expect(keptSecrets(dataDir)).toEqual(grown)
})

test.each<[part: 'edgeHost' | 'outreachApiRoutes', name: string]>([
  ['edgeHost', 'SAX_PORT_EDGE_HOST'],
  ['outreachApiRoutes', 'SAX_PORT_OUTREACH_API_ROUTES'],
])('the port of %s is set by %s', (part, name) => {
  expect(portVariable(part)).toBe(name)
  expect(readSiteEnvironment({ [name]: '22500' }).ports).toEqual({ [part]: 22_500 })
})

test.each<[name: string, value: string]>([
  ['SAX_PORT_EDGE_HOST', 'eighty'],
  ['ROUTING_MODE', 'sideways'],
  ['DATABASE_URL', 'mysql://localhost/x'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readSiteEnvironment({ [name]: value })).toThrow(name)
})

test('a database of one’s own is used as it is, and none is started', () => {
  expect(foreignDatabase({ url: undefined, adminUrl: undefined }, 'secret')).toBeUndefined()
  const alone = foreignDatabase({ url: 'postgres://root:pw@db:5432/sax', adminUrl: undefined }, 'secret')
  expect([alone?.url, alone?.adminUrl]).toEqual([
    'postgres://app_user:secret@db:5432/sax',
    'postgres://root:pw@db:5432/sax',
  ])
  const both = foreignDatabase({ url: 'postgres://app_user:x@db/sax', adminUrl: 'postgres://root:pw@db/sax' }, 'secret')
  expect([both?.url, both?.adminUrl]).toEqual(['postgres://app_user:x@db/sax', 'postgres://root:pw@db/sax'])
})

test.each<[url: string | undefined, password: string]>([
  ['postgres://app_user:my%20own%20word@db/sax', 'my own word'],
  ['postgres://app_user@db/sax', 'made here'],
  ['postgres://somebody:else@db/sax', 'made here'],
  [undefined, 'made here'],
])('beside an administrator, DATABASE_URL=%s lets app_user keep its password: %s', (url, password) => {
  const database = foreignDatabase({ url, adminUrl: 'postgres://root:pw@db/sax' }, 'made here')
  expect(database?.appUserPassword).toBe(password)
})

test('a log folder that was cleaned away is made again, and one that cannot be costs lines, not the site', () => {
  const shown: LogLine[] = []
  const logDir = join(dataDir, 'logs')
  const log = openPartLog(logDir, 'edge', (line) => shown.push(line))
  rmSync(logDir, { recursive: true })
  log.write('first', 'stdout')
  expect(readFileSync(join(logDir, 'edge.log'), 'utf8')).toBe('first\n')
  expect(statSync(join(logDir, 'edge.log')).mode & 0o777).toBe(0o600)
  rmSync(logDir, { recursive: true })
  writeFileSync(logDir, 'a file in its place')
  log.write('second', 'stdout')
  log.write('third', 'stdout')
  expect(shown.map(({ level, text }) => [level, text])).toEqual([
    ['info', 'first'],
    ['info', 'second'],
    ['warn', `${join(logDir, 'edge.log')} cannot be written (ENOTDIR); lines are lost`],
    ['info', 'third'],
  ])
})

test('lines keep their level; what a part says on standard error without one is a warning', () => {
  const shown: LogLine[] = []
  const log = openPartLog(dataDir, 'outreach', (line) => shown.push(line), /harmless/)
  log.write('{"level":"error","message":"request failed","requestId":"abcdef12","secretField":"x"}', 'stdout')
  log.write('  Next.js is ready', 'stdout')
  log.write('something odd', 'stderr')
  log.write('a harmless warning', 'stderr')
  expect(shown).toEqual([
    { part: 'outreach', level: 'error', text: 'request failed requestId=abcdef12' },
    { part: 'outreach', level: 'info', text: '  Next.js is ready' },
    { part: 'outreach', level: 'warn', text: 'something odd' },
  ])
})

test('of a program that failed the reason is shown, however long its stack is', () => {
  const log = openPartLog(dataDir, 'migrate', () => undefined)
  const frames = Array.from({ length: 20 }, (_, index) => `    at async step${index} (file:///x.ts:1:1)`)
  const fields = Array.from({ length: 20 }, (_, index) => `  field${index}: undefined,`)
  for (const line of ['error: database "nowhere" does not exist', ...frames, ...fields, "  code: '3D000'"])
    log.write(line, 'stderr')
  expect(log.tail()).toBe(`error: database "nowhere" does not exist\n  code: '3D000'`)
})

const factsOfSite: SiteFacts = {
  stage: 'local',
  mode: 'production',
  routing: 'host',
  release: 'r',
  ports: {
    edgeHost: 1,
    edgeOutreach: 2,
    hostPages: 3,
    outreachPages: 4,
    outreachApiRoutes: 5,
    api: 4000,
    outreachWorker: 6,
    identityProvider: 7,
    carrierSimulator: 8,
    postgres: 9,
  },
  secrets: {
    userContextSecret: 'u',
    sessionSecret: 's',
    postgresPassword: 'p',
    appUserPassword: 'a',
    carrierAuthToken: 'c',
  },
  dataDir: '/nowhere',
  databaseUrl: 'postgres://app_user:a@127.0.0.1:9/outreach',
  databaseAdminUrl: 'postgres://postgres:p@127.0.0.1:9/outreach',
  userContextTtlSec: 900,
  claimsNamespace: '',
  logLevel: 'info',
  edgeTemplate: undefined,
}

test('R2: of what carries pages, the zone’s API routes alone are told the backend’s address', () => {
  const { atOnce, afterDatabase } = partsOfSite(factsOfSite)
  const knowing = (text: string) =>
    [...atOnce, ...afterDatabase]
      .filter(({ env }) => Object.values(env).some((value) => value.includes(text)))
      .map(({ name }) => name)
  // The carrier calls the backend, and whoever sends tells it where; the backend checks the signature over that.
  expect(knowing(':4000')).toEqual(['carrier-simulator', 'outreach-api-routes', 'outreach-api', 'outreach-worker'])
  expect(knowing('postgres://')).toEqual(['outreach-api', 'outreach-worker'])
})

test("a stage's template is told to the front door, with viewers who come by HTTPS; else nothing is", () => {
  const told = (edgeTemplate: string | undefined) => {
    const edge = partsOfSite({ ...factsOfSite, edgeTemplate }).atOnce.find(({ name }) => name === 'edge')
    return [edge?.env.EDGE_TEMPLATE, edge?.env.EDGE_VIEWER_PROTOCOL]
  }
  expect(told('/site.json')).toEqual(['/site.json', 'https'])
  expect(told(undefined)).toEqual([undefined, undefined])
})
