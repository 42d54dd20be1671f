import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isMotoInstalled } from '@sax/cloud'
import { withPart } from '@sax/local/performance-parts'
import { removePostgresData } from '@sax/local/postgres'
import { repositoryRoot } from '@sax/local/settings'
import { verificationPeople } from '@sax/release'
import { outreachPath } from '@sax/topology'
import colors from 'picocolors'
import { createPersonClient, placeOf } from '../load/person-client.ts'
import { builtRelease } from '../load/release-pair.ts'
import { signIn } from '../load/sign-in.ts'
import { WITHOUT_GATES } from '../load/without-gates.ts'
import { machineText } from '../machine.ts'
import { startRehearsal } from '../start-rehearsal.ts'
import { runZones } from '../zones-command.ts'
import { functionsText } from './functions-text.ts'
import { measureFunctions } from './measure-functions.ts'

const USAGE = `usage: npm run rehearse -- --measure [--cold-starts 9] [--warm-calls 200]
  Measures how long the functions of this checkout's release take, cold and warm, and writes it to docs/performance.md.
  Leave the machine alone meanwhile.`

const PAGE = join(repositoryRoot, 'docs', 'performance.md')

const { values } = parseArgs({
  options: {
    measure: { type: 'boolean' },
    'cold-starts': { type: 'string', default: '9' },
    'warm-calls': { type: 'string', default: '200' },
    help: { type: 'boolean' },
  },
})
const [coldStarts, warmCalls] = [Number(values['cold-starts']), Number(values['warm-calls'])]

if (values.help) {
  process.stdout.write(`${USAGE}\n`)
} else if (![coldStarts, warmCalls].every((value) => Number.isInteger(value) && value > 0)) {
  refuse(USAGE)
} else if (!isMotoInstalled()) {
  refuse('moto_server is not installed; install it with: pip install "moto[server]==5.2.1"')
} else {
  const unwanted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => unwanted.abort())
  try {
    await measure(unwanted.signal)
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error))
  }
}

async function measure(signal: AbortSignal): Promise<void> {
  const say = (line: string) => void process.stderr.write(`${colors.dim(line)}\n`)
  const { folder, manifest } = await builtRelease({ say, nowMs: () => performance.now(), signal })
  const dataFolder = mkdtempSync(join(tmpdir(), 'sax-measure-'))
  try {
    const rehearsal = await startRehearsal({ stage: 'develop', dataFolder, say, signal })
    try {
      const { stage, env, urls } = rehearsal
      say(`Deploying ${manifest.release} …`)
      await runZones({ arguments: ['deploy', stage, '--artefact', folder, ...WITHOUT_GATES], env, signal })
      const client = createPersonClient(placeOf(rehearsal))
      await signIn(client, urls.host, verificationPeople.first, outreachPath('templates'))
      const cookies = await client.cookies(`${urls.host}/`)
      client.close()
      const loadBefore = loadavg()[0] ?? 0
      const figures = await measureFunctions(rehearsal, { coldStarts, warmCalls, cookies, say })
      const text = functionsText(manifest, figures, {
        ...{ date: new Date().toISOString().slice(0, 10), machine: machineText() },
        ...{ loadBefore, loadAfter: loadavg()[0] ?? 0 },
      })
      writeFileSync(PAGE, withPart(readFileSync(PAGE, 'utf8'), 'functions', text))
      process.stdout.write(`${text}\n\nWritten to docs/performance.md\n`)
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
