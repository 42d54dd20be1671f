import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { repositoryRoot } from '@sax/local/settings'
import type { ProbeResult } from '@sax/probes'
import { expect, test } from '../site/test.ts'

const run = promisify(execFile)
const zones = join(repositoryRoot, 'tools/zones/bin/zones.mjs')
const reportDirOf = (dataDir: string) => join(dataDir, 'verify-report')

/** What the incident debts are, and the probes that would have shown them. */
const debts: readonly (readonly [debt: string, probes: RegExp])[] = [
  ['R1, R6: every src and href of every page is there on both names, immutable where hashed', /^assets\.named\./],
  ["R2: the zone's own handlers run, and every hop says so under one request id", /^api\.templates\./],
  ['R3, R5: the exact base path and its pages answer with content on both names', /^standalone\./],
  ['R2, R5, R13: every zone of the topology answers for its paths, and for no others', /^zones\./],
  ['R7: a request that goes round is stopped', /^headers\.hop-limit$/],
  [
    'R9: nobody chooses a tenant from outside',
    /^api\.identity-headers\.|^api\.unknown-route$|^backend\.context-mismatch$/,
  ],
  ['R10: other ways to write a path are refused or canonical', /^paths\./],
  ['R11, S10: every declared route is closed to people without a session', /^anonymous\./],
  ['R14: an unknown name is refused, never served by some origin', /^headers\.foreign-host$/],
  ['C1, C2: two people of two tenants never cross, in pages, their data and JSON', /^isolation\./],
  ['a missing hashed file is not kept', /^assets\.missing$/],
  ['C8: answers of the API and of sign-in are never stored', /^headers\.api$/],
  ['S2: forged, edited, expired, unsigned and misdirected tokens open nothing', /^(?:context|backend)\.(?!right)/],
  ['S11: inner headers of the framework open nothing and do not come out', /^headers\.internal-ignored$/],
  ['S14: a bad header does not hide a good cookie', /^context\.bad-header-good-cookie$/],
  ['S15: a forwarded host from outside leads nowhere', /^headers\.forwarded-host$/],
  ['A13: totals agree with rows', /^api\.pagination$/],
  ['B7: no page asks a foreign origin or shows an error in a browser', /^nav\.|^headers\.(?:host-)?page$/],
  ['every part says which release it runs', /^release\./],
]

/** From the file: a test that fails takes its process along, and the next one starts without memory. */
async function resultsIn(dataDir: string): Promise<readonly ProbeResult[]> {
  const report = JSON.parse(await readFile(join(reportDirOf(dataDir), 'report.json'), 'utf8')) as {
    results: ProbeResult[]
  }
  return report.results
}

test('zones verify ends, and its report is one readable file', async ({ site }) => {
  const reportDir = reportDirOf(site.dataDir)
  await rm(reportDir, { recursive: true, force: true })
  const argument = ['verify', 'local', '--json', '--report', reportDir, '--data-dir', site.dataDir]
  const { stdout } = await run(process.execPath, [zones, ...argument], { maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: { code?: unknown; stdout?: string; stderr?: string }) => {
      // 1: something is broken, which the tests below name. Anything else is the command's own failure.
      expect(error.code, error.stderr).toBe(1)
      return { stdout: error.stdout ?? '' }
    },
  )
  expect(JSON.parse(stdout)).toMatchObject({ routing: site.routing, results: await resultsIn(site.dataDir) })
  const html = await readFile(join(reportDir, 'index.html'), 'utf8')
  expect(html).toContain('data:image/jpeg;base64,')
  expect(html).not.toMatch(/(?:src|href)="(?!data:)/)
})

for (const [debt, pattern] of debts) {
  test(debt, async ({ site }) => {
    const probes = (await resultsIn(site.dataDir)).filter(({ id }) => pattern.test(id))
    expect(probes.length, 'probes for it').toBeGreaterThan(0)
    const broken = probes.filter(({ outcome }) => outcome !== 'kept')
    expect(broken.map(({ id, findings }) => ({ id, findings }))).toEqual([])
  })
}

test('no probe is left over', async ({ site }) => {
  const other = (await resultsIn(site.dataDir)).filter(({ id }) => !debts.some(([, pattern]) => pattern.test(id)))
  const broken = other.filter(({ outcome }) => outcome !== 'kept')
  expect(broken.map(({ id, findings }) => ({ id, findings }))).toEqual([])
})
