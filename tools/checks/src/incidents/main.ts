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
import { notHere, type Standing, standings, unknownIds } from './standing.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '')
const tree = gitTree(root)
const incidents = parseIncidents(tree.text('docs/incidents.md'))
const startedMs = performance.now()
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
    onOutput: (text) => process.stderr.write(text),
  })
  const rows = standings(incidents, runs)
  for (const row of rows) print(row)

  const unknown = unknownIds(incidents, runs)
  if (unknown.length > 0) console.log(`\nTests name incidents that are not listed: ${unknown.join(', ')}`)
  const count = (state: Standing['state']) => rows.filter((row) => row.state === state).length
  const counts = (['stopped', 'not here', 'open', 'failed'] as const).map((state) => `${count(state)} ${state}`)
  const took = Math.round((performance.now() - startedMs) / 1000)
  console.log(`\n${rows.length} incidents: ${counts.join(', ')}; ${runs.length} tests in ${took} s`)
  process.exitCode = count('failed') + count('open') + unknown.length === 0 ? 0 : 1
} finally {
  await rm(scratchDir, { recursive: true })
}

function isPassed({ status }: Standing['tests'][number]): boolean {
  return status === 'passed'
}

function print({ incident, state, tests }: Standing): void {
  const colour = { stopped: colors.green, 'not here': colors.dim, open: colors.red, failed: colors.red }[state]
  const count = tests.length === 0 ? '' : `${tests.length} ${tests.length === 1 ? 'test' : 'tests'}`
  console.log(`${incident.id.padEnd(4)} ${colour(state.padEnd(8))} ${count.padStart(8)}  ${incident.what}`)
  const shown =
    state === 'failed' ? tests.filter(({ status }) => status === 'failed') : tests.filter(isPassed).slice(0, 1)
  for (const { file, name } of shown) console.log(colour(`${' '.repeat(24)}${file}  ${name}`))
  const why = notHere[incident.id]
  if (state === 'not here' && why !== undefined) console.log(colour(`${' '.repeat(24)}${why}`))
}
