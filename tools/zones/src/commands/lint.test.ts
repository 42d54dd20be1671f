import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { repositoryRoot } from '@sax/local/settings'
import pico from 'picocolors'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type LintArguments, lint } from './lint.ts'

const fixtures = fileURLToPath(new URL('../../test/lint-fixtures', import.meta.url))
const textOf = (url: URL) => readFileSync(url, 'utf8')
const good = new URL('../../test/lint-fixtures/seed/good/next.config.js', import.meta.url)
const broken = new URL('../../test/lint-fixtures/seed/broken/next.config.js', import.meta.url)
const plainConfig = new URL('../../test/lint-fixtures/plain/host/next.config.mjs', import.meta.url)
const plainProxy = new URL('../../test/lint-fixtures/plain/host/middleware.ts', import.meta.url)
const ports = { root: repositoryRoot, from: fixtures, palette: pico.createColors(false) }

interface Printed {
  readonly rule: string
  readonly severity: string
  readonly witness: string
  readonly where: string
  readonly why: string
  readonly fix: string
}

const run = (arguments_: Partial<LintArguments>, from = fixtures) =>
  lint({ distributions: [], format: 'json', ...arguments_ }, { ...ports, from })

async function findings(arguments_: Partial<LintArguments>, from?: string): Promise<readonly Printed[]> {
  const outcome = await run(arguments_, from)
  if (outcome.kind === 'bad-input') throw new Error(outcome.reason)
  return JSON.parse(outcome.text).findings
}

const SEED = { config: 'seed/zones.json' }
const OUTREACH = { ...SEED, distributions: ['seed/outreach-distribution.yaml'] }
const SLEEPCONNECT = { ...SEED, distributions: ['seed/sleepconnect-distribution.yaml'] }
const STACK = { ...SEED, distributions: ['seed/stack.yaml'] }
const GOOD_HOST = { ...SEED, host: 'seed/good' }

describe('the deployment checklist’s own configuration goes in, the finding comes out', () => {
  let ours: readonly Printed[]
  beforeAll(async () => {
    ours = await findings({})
  }, 60_000)

  test.each<[correction: string, asked: Partial<LintArguments>, rule: string, witness: string, where: string]>([
    [
      'Correction 1: a policy id that does not exist',
      OUTREACH,
      'unknown-policy',
      '/outreach-static/_next/static/chunks/main.js',
      'behaviour 2 /outreach-static/*',
    ],
    [
      'Correction 2, C2: pages under CachingOptimized',
      OUTREACH,
      'cached-signed-in',
      '/outreach/conversations',
      'behaviour 3 /outreach/*',
    ],
    [
      'Correction 3: AllViewer to a function URL',
      OUTREACH,
      'host-forwarded',
      '/outreach/api/outreach/templates',
      'behaviour 1 /outreach/api/*',
    ],
    [
      'Correction 3: AllViewer to another distribution',
      SLEEPCONNECT,
      'host-forwarded',
      '/outreach/api/outreach/templates',
      'behaviour 1 /outreach/*',
    ],
    [
      'Correction 3, S15: nothing overwrites x-forwarded-host',
      OUTREACH,
      'forwarded-host-not-overwritten',
      '/outreach/conversations',
      'behaviour 3 /outreach/*',
    ],
    [
      'Correction 4: Compress under CachingDisabled',
      OUTREACH,
      'impossible-compression',
      '/outreach/api/outreach/templates',
      'behaviour 1 /outreach/api/*',
    ],
    [
      'Correction 5, R5: no behaviour for the bare path',
      SLEEPCONNECT,
      'missing-exact-path',
      '/outreach',
      'behaviour 1 /outreach/*',
    ],
    [
      'Correction 6: no behaviour for the files on the host’s name',
      SLEEPCONNECT,
      'missing-static-behavior',
      '/outreach-static/_next/static/chunks/main.js',
      'behaviour 1 /outreach/*',
    ],
    [
      'Correction 6, R6: the bucket policy knows one distribution',
      STACK,
      'bucket-policy',
      '/outreach-static/_next/static/chunks/main.js',
      'SleepConnectDistribution, behaviour 1 /outreach-static/*',
    ],
    [
      'Correction 8: rewrites() reads process.env',
      GOOD_HOST,
      'build-time-destination',
      '/outreach/api/outreach/templates',
      'beforeFiles[0] /outreach/api/outreach/:path*',
    ],
    [
      'Correction 9: the host knows OUTREACH_API_URL',
      GOOD_HOST,
      'host-knows-backend',
      '/outreach/api/outreach',
      'process.env.OUTREACH_API_URL',
    ],
    [
      'Correction 10, S12: a function URL with auth NONE',
      STACK,
      'public-origin',
      '/outreach/api/outreach/templates',
      'OutreachDistribution, default behaviour',
    ],
    ['Correction 11, D7: a function URL beside the alias', STACK, 'url-not-on-alias', '/', 'OutreachUrl'],
    ['Correction 13: two secrets, one value', STACK, 'identical-secrets', '/', 'OutreachFunction'],
    ['Correction 16: a log group that is nobody’s', STACK, 'wrong-name', '/', 'SleepConnectLogs'],
    ['Correction 17: secrets in the environment', STACK, 'secrets-in-env', '/', 'OutreachFunction'],
    ['Correction 18: nodejs20.x', STACK, 'end-of-life-runtime', '/', 'OutreachFunction'],
    [
      'R2: the broken rewrite',
      { ...SEED, host: 'seed/broken' },
      'api-bypass',
      '/outreach/api/outreach/templates',
      'beforeFiles[0] /outreach/api/outreach/:path*',
    ],
    [
      'D6: develop’s API as everybody’s default',
      { ...SEED, host: 'seed/broken' },
      'foreign-stage-host',
      '/outreach/api/outreach/templates',
      'beforeFiles[0] /outreach/api/outreach/:path*',
    ],
  ])(
    '%s',
    async (_correction, asked, rule, witness, where) => {
      const found = (await findings(asked)).filter((finding) => finding.rule === rule)
      expect(found.map((finding) => finding.witness)).toContain(witness)
      expect(found.some((finding) => finding.where.endsWith(where))).toBe(true)
      expect(ours.filter((finding) => finding.rule === rule)).toEqual([])
    },
    30_000,
  )

  test('the broken host is the good one but for one destination', () => {
    const lines = textOf(broken).split('\n')
    const changed = textOf(good)
      .split('\n')
      .filter((line, i) => line !== lines[i] && !line.trim().startsWith('//'))
    expect(changed).toEqual(['          destination: `' + '$' + '{outreachUrl}/outreach/api/outreach/:path*`,'])
  })

  test('the checklist’s good rewrite bypasses nothing', async () => {
    expect((await findings(GOOD_HOST)).filter(({ rule }) => rule === 'api-bypass')).toEqual([])
  })

  test('Correction 7: this site is clean in every stage, in host and in edge routing', async () => {
    expect(ours).toEqual([])
    // Two distributions in each of three stages and two modes, and as many again where templates have been synthesized.
    expect(await run({ format: 'text' })).toMatchObject({
      kind: 'done',
      text: expect.stringMatching(/^Nothing found in (?:12|24) distributions and 2 applications\.$/),
    })
    expect(await run({ stage: 'production', routing: 'edge', format: 'text' })).toMatchObject({
      text: expect.stringMatching(/^Nothing found in [24] distributions and 2 applications\.$/),
    })
  }, 60_000)
})

test('the documentation’s multi-zone site, behind a live distribution, is clean', async () => {
  expect(textOf(plainConfig)).toContain("{ source: '/blog/:path+'")
  expect(textOf(plainProxy)).toContain('matcher:')
  const plain = { config: 'plain/zones.json', host: 'plain/host', distributions: ['plain/distribution.json'] }
  expect(await findings(plain)).toEqual([])
  expect((await run(plain)).kind).toBe('done')
})

test('a finding says all that the person needs who never saw the rule', async () => {
  const found = await findings({ ...SEED, host: 'seed/broken' })
  expect(found.find(({ rule }) => rule === 'api-bypass')).toEqual({
    rule: 'api-bypass',
    severity: 'error',
    witness: '/outreach/api/outreach/templates',
    file: 'seed/broken/next.config.js',
    where: 'seed/broken/next.config.js: rewrites() beforeFiles[0] /outreach/api/outreach/:path*',
    why: '/outreach/api/outreach/templates belongs to outreach, but it is sent to $OUTREACH_API_URL/outreach/:path*: that is a backend, and the zone never sees the request.',
    fix: "Send it where the zone's pages go, path unchanged: destination '$OUTREACH_APP_URL/outreach/api/outreach/:path*'. If that is the zone too, name it under \"domains\" of outreach in seed/zones.json.",
    ids: ['R2'],
  })
})

test('findings are a failure, and people get them by file', async () => {
  const outcome = await run({ ...SEED, host: 'seed/broken', format: 'text' })
  expect(outcome.kind).toBe('failed')
  if (outcome.kind !== 'failed') return
  const lines = outcome.text.split('\n')
  expect(lines[0]).toBe('seed/broken/next.config.js')
  expect(lines).toContain('  error    api-bypass (R2)  /outreach/api/outreach/templates')
  expect(lines.at(-1)).toBe('4 errors, 2 warnings in 0 distributions and 1 application.')
})

describe('an input that cannot be judged is exit 2, with a sentence that says what to do', () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  })
  const folderWith = (files: Readonly<Record<string, string>>) => {
    const folder = mkdtempSync(join(tmpdir(), 'lint-'))
    folders.push(folder)
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return folder
  }
  const zones = '{"zones":[{"name":"blog","basePath":"/blog"}]}'

  test.each<[string, Partial<LintArguments>, string]>([
    ['nothing to judge', { config: 'zones.json' }, 'There is nothing to judge'],
    ['a host without zones', { host: '.' }, 'Say with --config zones.json'],
    ['no zones.json', { config: 'nowhere.json', host: '.' }, 'nowhere.json is not a file'],
    ['a folder for a zones.json', { config: '.', host: '.' }, '. is not a file'],
    ['no host folder', { config: 'zones.json', host: 'nowhere' }, 'nowhere is not a folder'],
    ['a file for a host', { config: 'zones.json', host: 'zones.json' }, 'zones.json is not a folder'],
    ['a host without next.config', { config: 'zones.json', host: '.' }, 'has no next.config'],
    [
      'a folder outside that is no host',
      { config: 'zones.json', host: '../../../../../../../..' },
      'has no next.config',
    ],
    ['no distribution file', { config: 'zones.json', distributions: ['nowhere.yaml'] }, 'nowhere.yaml is not a file'],
    ['an empty distribution', { config: 'zones.json', distributions: ['empty.yaml'] }, 'empty.yaml'],
    ['words', { config: 'zones.json', distributions: ['words.yaml'] }, 'words.yaml'],
    ['a list', { config: 'zones.json', distributions: ['list.json'] }, 'list.json'],
    ['a template without distribution', { config: 'zones.json', distributions: ['bucket.yaml'] }, 'bucket.yaml'],
    ['half a JSON', { config: 'zones.json', distributions: ['half.json'] }, 'half.json'],
    ['a bomb of aliases', { config: 'zones.json', distributions: ['bomb.yaml'] }, 'bomb.yaml'],
    ['a stage that is none', { stage: 'prod' }, 'There is no stage "prod"'],
    ['a routing that is none', { routing: 'cloud' }, '--routing is host or edge'],
    ['a stage of somebody else’s site', { config: 'zones.json', host: '.', stage: 'develop' }, 'leave out --config'],
  ])('%s', async (_why, asked, says) => {
    const folder = folderWith({
      'zones.json': zones,
      'empty.yaml': '',
      'words.yaml': 'nothing of interest',
      'list.json': '[1, 2]',
      'half.json': '{"DistributionConfig": {"Origins"',
      'bucket.yaml': 'Resources: { B: { Type: AWS::S3::Bucket } }',
      'bomb.yaml': `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.replaceAll(/./g, (one) => {
        const before = String.fromCharCode(one.charCodeAt(0) - 1)
        return `${one}: &${one} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]\n`
      })}`,
    })
    expect(await run(asked, folder)).toEqual({ kind: 'bad-input', reason: expect.stringContaining(says) })
  })

  test.each<[string, string, string]>([
    ['no JSON', 'zones: []', 'is not JSON'],
    ['no zones', '{"zones":[]}', 'zones'],
    ['a base path without slash', '{"zones":[{"name":"a","basePath":"blog"}]}', 'must be a path such as /blog'],
    ['a base path that climbs', '{"zones":[{"name":"a","basePath":"/blog/../x"}]}', 'must not climb'],
    [
      'a name twice',
      '{"zones":[{"name":"a","basePath":"/a"},{"name":"a","basePath":"/b"}]}',
      'two zones are named "a"',
    ],
  ])('zones.json with %s', async (_why, text, says) => {
    const folder = folderWith({ 'zones.json': text, 'next.config.mjs': 'export default {}' })
    expect(await run({ config: 'zones.json', host: '.' }, folder)).toEqual({
      kind: 'bad-input',
      reason: expect.stringContaining(says),
    })
  })

  test.each<[string, string, string, string]>([
    ['throws', 'next.config.mjs', 'throw new Error("no luck")', 'cannot be evaluated: no luck'],
    ['ends the process', 'next.config.js', 'process.exit(0); module.exports = {}', 'calls process.exit'],
    [
      'asks the network',
      'next.config.mjs',
      'export default async () => { await fetch("http://localhost:1"); return {} }',
      'tries to use the network',
    ],
    [
      'writes a file',
      'next.config.mjs',
      'import { writeFileSync } from "node:fs"\nwriteFileSync("/tmp/x", "")\nexport default {}',
      'cannot be evaluated',
    ],
    [
      'needs a package',
      'next.config.mjs',
      'import plugin from "@sentry/nextjs"\nexport default plugin({})',
      'needs @sentry/nextjs, which is not installed',
    ],
    ['exports nothing', 'next.config.mjs', 'export const x = 1', 'exports no configuration'],
    ['is no JavaScript', 'next.config.mjs', 'export default {', 'cannot be evaluated'],
    [
      'has rewrites that are none',
      'next.config.mjs',
      'export default { rewrites: () => [{ source: 1 }] }',
      'is not what Next takes',
    ],
  ])('a configuration that %s', async (_why, name, text, says) => {
    const folder = folderWith({ 'zones.json': zones, [name]: text })
    expect(await run({ config: 'zones.json', host: '.' }, folder)).toEqual({
      kind: 'bad-input',
      reason: expect.stringContaining(says),
    })
  })
})
