import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMotoInstalled } from '@sax/cloud/moto'
import colors from 'picocolors'
import { buildApplications } from '../build/build-applications.ts'
import { repositoryRoot } from '../settings.ts'
import { type Chromium, ensureChromium } from './chromium.ts'
import { isBuildMachine, wishedChromium } from './env.ts'
import { checkCounts, playwrightCounts, rehearsalCounts, vitestCounts } from './reports.ts'
import { type ProgramRun, runProgram } from './run-program.ts'
import { type Counts, countsOf, type SuiteResult, verdict } from './verdict.ts'

const root = repositoryRoot
const scratch = mkdtempSync(join(tmpdir(), 'sax-test-'))
const results: SuiteResult[] = []
let interrupted = false
const stoppedBrowser: Chromium = { kind: 'missing', why: 'the run was stopped' }

try {
  await suite('checks', async () => {
    const { exitCode, output } = await run([join(root, 'tools/checks/src/main.ts')], { cwd: root })
    return countsOf(checkCounts(output), exitCode)
  })
  await suite('unit and database', () => vitestSuite('unit', 'db'))
  await suite('release', () => vitestSuite('build'))
  const withoutMoto = 'moto_server is not installed (pip install "moto[server]==5.2.1")'
  if (isMotoInstalled()) await suite('AWS emulator', () => vitestSuite('aws'))
  else leaveOut('AWS emulator', withoutMoto)
  const browser = interrupted ? stoppedBrowser : ensureChromium(root, wishedChromium(), print)
  if (browser.kind === 'found') await suite('browser', () => browserSuite(browser.path))
  else leaveOut('browser', browser.why)
  // It looks with a browser too, and says that of itself where there is none.
  if (!isMotoInstalled()) leaveOut('rehearsal', withoutMoto)
  else if (browser.kind !== 'found') leaveOut('rehearsal', browser.why)
  else await suite('rehearsal', () => rehearsalSuite(browser.path))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

print('')
for (const result of results) {
  print(lineOf(result))
  // Said again at the end: whoever reads a long log reads its last lines.
  for (const failure of result.failures ?? []) print(colors.red(`            ${failure.replace(root, '')}`))
}
process.exitCode = interrupted ? 130 : results.every(({ failed }) => failed === 0) ? 0 : 1
print(verdict(results))

async function vitestSuite(...projects: readonly string[]): Promise<Counts> {
  const report = join(scratch, `${projects.join('-')}.json`)
  const { exitCode } = await run(
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      // Vitest leaves one core to whoever works beside it; nobody does here.
      `--maxWorkers=${availableParallelism()}`,
      ...projects.map((project) => `--project=${project}`),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root },
  )
  return countsOf(vitestCounts(textOf(report)), exitCode)
}

/** A suite that needs what this machine lacks. On a build machine that is a failure. */
function leaveOut(name: string, why: string): void {
  if (!interrupted) results.push({ name, passed: 0, failed: isBuildMachine() ? 1 : 0, durationMs: 0, leftOut: why })
}

async function browserSuite(chromiumPath: string): Promise<Counts> {
  await buildApplications({ root, say: print, nowMs: () => performance.now() })
  const report = join(scratch, 'playwright.json')
  const { exitCode } = await run([join(root, 'node_modules/@playwright/test/cli.js'), 'test'], {
    cwd: join(root, 'e2e'),
    env: { CHROMIUM_PATH: chromiumPath, PLAYWRIGHT_JSON: report },
  })
  return countsOf(playwrightCounts(textOf(report)), exitCode)
}

/** A whole stage on this computer: released, broken, gone back to. */
async function rehearsalSuite(chromiumPath: string): Promise<Counts> {
  const data = join(root, '.local', 'rehearsal', 'test')
  rmSync(data, { recursive: true, force: true })
  const { exitCode } = await run([join(root, 'tools/rehearsal/src/main.ts'), 'develop', '--data-dir', data], {
    cwd: root,
    env: { CHROMIUM_PATH: chromiumPath },
  })
  return countsOf(rehearsalCounts(textOf(join(data, 'report', 'timeline.json'))), exitCode)
}

async function run(...args: Parameters<typeof runProgram>): Promise<ProgramRun> {
  const ended = await runProgram(...args)
  interrupted ||= ended.interrupted
  return ended
}

async function suite(name: string, work: () => Promise<Counts>): Promise<void> {
  if (interrupted) return
  print(colors.bold(`\n${name}`))
  const startedMs = performance.now()
  // A suite that cannot even begin has failed; the others are run all the same.
  const counts = await work().catch((error: unknown) => {
    print(colors.red(error instanceof Error ? error.message : String(error)))
    return { passed: 0, failed: 1 }
  })
  results.push({ name, ...counts, durationMs: performance.now() - startedMs })
}

function lineOf({ name, passed, failed, durationMs, leftOut }: SuiteResult): string {
  if (leftOut !== undefined) return `${colors.yellow('left out')}  ${name}: ${leftOut}`
  const mark = failed === 0 ? colors.green('ok      ') : colors.red('failed  ')
  return `${mark}  ${name}: ${passed} passed, ${failed} failed in ${(durationMs / 1000).toFixed(1)} s`
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
