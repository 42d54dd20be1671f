import { posix } from 'node:path'
import type { RunProgram } from '../programs/run-program.ts'
import type { SourceTree } from '../source/source-tree.ts'
import { fromPlaywright } from './playwright-report.ts'
import { ID_PATTERN, type TestRun } from './test-run.ts'
import { fromVitest } from './vitest-report.ts'

const MENTION = /['"`][RCSBDA]\d+(:|, | and )/
const BROWSER_CONFIG = 'e2e/playwright.config.ts'
/** Here one test asks the site everything, and those that are named after incidents read what it was told. */
const ASKS_ONCE = ['verify.spec.ts']
/**
 * What Playwright takes of a test is project, file, groups and title in a line.
 * @source Playwright documentation, "TestConfig", grep
 */
const IN_BROWSER = [ID_PATTERN, ...ASKS_ONCE.map((file) => `${file.replaceAll('.', '\\.')} `)].join('|')

export interface IncidentTestDeps {
  readonly tree: SourceTree
  readonly node: string
  readonly run: RunProgram
  /** Makes the applications ready to be looked at in a browser. Called only when a test needs it. */
  readonly buildSite: () => Promise<unknown>
  /** Reads a report file that a runner wrote, and only then. */
  readonly readReport: (path: string) => Promise<string>
  /** Folder for the runners' reports. */
  readonly scratchDir: string
  /** Gets what runners write while they run. */
  readonly onOutput?: (text: string) => void
}

/**
 * Runs the tests that are named after incidents, and of others only what they stand on.
 * @throws Error when a runner fails without naming a failed test: what did not run proves nothing.
 */
export async function runIncidentTests(deps: IncidentTestDeps): Promise<readonly TestRun[]> {
  const files = deps.tree.files.filter(
    (file) => /\.(test|spec)\.tsx?$/.test(file) && MENTION.test(deps.tree.text(file)),
  )
  const inBrowser = files.filter((file) => file.startsWith('e2e/'))
  const direct = files.filter((file) => !file.startsWith('e2e/'))
  return [...(await directTests(deps, direct)), ...(await browserTests(deps, inBrowser))]
}

async function directTests(deps: IncidentTestDeps, files: readonly string[]): Promise<readonly TestRun[]> {
  if (files.length === 0) return []
  const { tree, node, run, scratchDir } = deps
  const vitest = posix.join(tree.root, 'node_modules/vitest/vitest.mjs')
  const output = posix.join(scratchDir, 'vitest.json')
  const result = await run(
    [
      ...([node, vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`] as const),
      ...['-t', ID_PATTERN, ...files],
    ],
    tree.root,
    {},
    deps.onOutput,
  )
  const runs = await reported(deps, output, (json) => fromVitest(json, tree.root), result.stderr)
  return proven(runs, result.exitCode, `vitest: ${result.stderr}`)
}

async function browserTests(deps: IncidentTestDeps, files: readonly string[]): Promise<readonly TestRun[]> {
  if (files.length === 0) return []
  const { tree, node, run, scratchDir } = deps
  await deps.buildSite()
  const playwright = posix.join(tree.root, 'node_modules/@playwright/test/cli.js')
  const output = posix.join(scratchDir, 'playwright.json')
  const result = await run(
    [
      node,
      playwright,
      'test',
      `--config=${BROWSER_CONFIG}`,
      '--reporter=list,json',
      `--grep=${IN_BROWSER}`,
      ...files.map((file) => posix.relative('e2e', file)),
    ],
    tree.root,
    { PLAYWRIGHT_JSON_OUTPUT_FILE: output },
    deps.onOutput,
  )
  const runs = await reported(deps, output, fromPlaywright, result.stderr)
  return proven(runs, result.exitCode, `playwright: ${result.stderr}`)
}

async function reported(
  { readReport }: IncidentTestDeps,
  path: string,
  parse: (json: string) => readonly TestRun[],
  stderr: string,
): Promise<readonly TestRun[]> {
  try {
    return parse(await readReport(path))
  } catch (cause) {
    throw new Error(`a test runner left no report. ${stderr}`, { cause })
  }
}

function proven(runs: readonly TestRun[], exitCode: number, why: string): readonly TestRun[] {
  if (exitCode !== 0 && !runs.some(({ status }) => status === 'failed')) throw new Error(why)
  return runs
}
