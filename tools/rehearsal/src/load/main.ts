import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isMotoInstalled } from '@sax/cloud'
import { withPart } from '@sax/local/performance-parts'
import { removePostgresData } from '@sax/local/postgres'
import { repositoryRoot } from '@sax/local/settings'
import colors from 'picocolors'
import { machineText } from '../machine.ts'
import { startRehearsal } from '../start-rehearsal.ts'
import { loadPart, loadText } from './load-text.ts'
import { loadWhileReleasing } from './load-while-releasing.ts'
import { releasePair } from './release-pair.ts'

const USAGE = `usage: npm run rehearse -- --load [--times 10] [--per-second 10]
  Deploys a release and rolls it back, again and again, while a signed-in person works. Fails when they notice.
  What came of it is written to docs/performance.md.`

const PAGE = join(repositoryRoot, 'docs', 'performance.md')

const { values } = parseArgs({
  options: {
    load: { type: 'boolean' },
    times: { type: 'string', default: '10' },
    'per-second': { type: 'string', default: '10' },
    help: { type: 'boolean' },
  },
})
const [times, perSecond] = [Number(values.times), Number(values['per-second'])]

if (values.help) {
  process.stdout.write(`${USAGE}\n`)
} else if (![times, perSecond].every((value) => Number.isInteger(value) && value > 0)) {
  refuse(USAGE)
} else if (!isMotoInstalled()) {
  refuse('moto_server is not installed; install it with: pip install "moto[server]==5.2.1"')
} else {
  const unwanted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => unwanted.abort())
  try {
    await rehearse(unwanted.signal)
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error))
  }
}

async function rehearse(signal: AbortSignal): Promise<void> {
  const say = (line: string) => void process.stderr.write(`${colors.dim(line)}\n`)
  const nowMs = () => performance.now()
  const { a, b } = await releasePair({ say, nowMs, signal })
  const dataFolder = mkdtempSync(join(tmpdir(), 'sax-load-'))
  try {
    const rehearsal = await startRehearsal({ stage: 'develop', dataFolder, say, signal })
    try {
      const report = await loadWhileReleasing(rehearsal, a, b, { times, perSecond, say, nowMs, signal })
      const text = loadText(report)
      const today = new Date().toISOString().slice(0, 10)
      writeFileSync(PAGE, withPart(readFileSync(PAGE, 'utf8'), 'load', loadPart(text, `${today}: ${machineText()}.`)))
      process.stdout.write(`${text}\n`)
      if (report.faults.length > 0) process.exitCode = 1
    } finally {
      await rehearsal.close()
    }
  } finally {
    removePostgresData(join(dataFolder, 'postgres'))
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

function refuse(reason: string): void {
  process.stderr.write(`${reason}\n`)
  process.exitCode = 1
}
