import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApplications } from '@sax/local/build'
import { ensureChromium } from '@sax/local/chromium'
import colors from 'picocolors'
import { childEnvironment } from '../env.ts'
import { programRunner } from '../programs/run-program.ts'
import { gitTree } from '../source/source-tree.ts'
import { parseIncidents } from './incident-list.ts'
import { runIncidentTests } from './run-incident-tests.ts'
import { type Standing, standings, unknownIds } from './standing.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '')
const tree = gitTree(root)
const incidents = parseIncidents(tree.text('docs/incidents.md'))
const scratchDir = await mkdtemp(join(tmpdir(), 'incidents-'))
try {
  console.log('Running the tests that are named after incidents …\n')
  const runs = await runIncidentTests({
    tree,
    node: process.execPath,
    run: programRunner(childEnvironment()),
    buildSite: () => {
      // A machine without a browser gets one; the tests look for it where it then lies.
      ensureChromium(root, childEnvironment().CHROMIUM_PATH || undefined, console.log)
      return buildApplications({ root, say: console.log, nowMs: () => performance.now() })
    },
    readReport: (path) => readFile(path, 'utf8'),
    scratchDir,
  })
  const rows = standings(incidents, runs)
  for (const row of rows) print(row)

  const unknown = unknownIds(incidents, runs)
  if (unknown.length > 0) console.log(`\nTests name incidents that are not listed: ${unknown.join(', ')}`)
  const count = (state: Standing['state']) => rows.filter((row) => row.state === state).length
  console.log(
    `\n${rows.length} incidents: ${count('stopped')} stopped, ${count('open')} open, ${count('failed')} failed`,
  )
  process.exitCode = count('failed') === 0 && unknown.length === 0 ? 0 : 1
} finally {
  await rm(scratchDir, { recursive: true })
}

function print({ incident, state, tests }: Standing): void {
  const colour = { stopped: colors.green, open: colors.yellow, failed: colors.red }[state]
  const count = tests.length === 0 ? '' : `${tests.length} ${tests.length === 1 ? 'test' : 'tests'}`
  console.log(`${incident.id.padEnd(4)} ${colour(state.padEnd(8))} ${count.padStart(8)}  ${incident.what}`)
  for (const test of tests) {
    if (test.status === 'failed') console.log(`       ${colors.red(test.file)}  ${test.name}`)
  }
}
