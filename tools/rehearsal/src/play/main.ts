import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { isMotoInstalled } from '@sax/cloud'
import { isDeployedStage, routingOf } from '@sax/infra/account-facts'
import { repositoryRoot } from '@sax/local/settings'
import type { RoutingMode } from '@sax/topology'
import colors from 'picocolors'
import { releasePair } from '../load/release-pair.ts'
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts'
import { play } from './play.ts'
import { stageBefore } from './promotion.ts'
import { stageHand } from './stage-hand.ts'
import { isGreen, type Timeline } from './timeline.ts'
import { timelineHtml } from './timeline-html.ts'
import { timelineText } from './timeline-text.ts'

const USAGE = `usage: npm run rehearse -- [develop | staging | production] [--routing host|edge] [--artefact FOLDER] [--keep]
                             [--data-dir FOLDER]
       npm run rehearse -- --load | --measure

A stage on this computer, with its own names and real commands: release A goes live, B follows, comes broken in eight
ways, and A is gone back to. To production both come by way of staging, which is then there as well.

  --routing    how the zone is reached under the host's name; default: as the topology has it. With it, the routing of the
               living stage is changed to the other one and back, with people at work
  --artefact   the release to bring as A; default: that of this checkout, built when it is not there
  --keep       releases A, says how to reach the stage, and goes on until Ctrl-C
  --data-dir   database, certificates, logs and the report; default: .local/rehearsal/<stage>
  --load       a person works while releases come and go; --measure: how long functions take, cold and warm`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    artefact: { type: 'string' },
    keep: { type: 'boolean', default: false },
    routing: { type: 'string' },
    'data-dir': { type: 'string' },
    help: { type: 'boolean' },
  },
})
const [stage = 'develop'] = positionals
const nowMs = () => performance.now()
const say = (line: string) => void process.stderr.write(`${colors.dim(line)}\n`)

if (values.help) {
  print(USAGE)
} else if (!isDeployedStage(stage) || positionals.length > 1) {
  refuse(USAGE)
} else if (!isRouting(values.routing)) {
  refuse('--routing is host or edge.')
} else if (!isMotoInstalled()) {
  refuse('moto_server is not installed; install it with: pip install "moto[server]==5.2.1"')
} else {
  const unwanted = new AbortController()
  const stopping = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      unwanted.abort()
      stopping.resolve()
    })
  }
  const { signal } = unwanted
  const { routing } = values
  const dataFolder = values['data-dir'] ?? join(repositoryRoot, '.local', 'rehearsal', stage)
  let before: Rehearsal | undefined
  let rehearsal: Rehearsal | undefined
  try {
    const { a, b } = await releasePair({ say, nowMs, signal, artefact: values.artefact })
    const startedMs = nowMs()
    const first = values.keep ? undefined : stageBefore(stage)
    if (first !== undefined) {
      before = await startRehearsal({ stage: first, routing, dataFolder: join(dataFolder, first), say, signal })
    }
    rehearsal = await startRehearsal({ stage, routing, dataFolder, say, signal })
    say(`${stage} is there after ${((nowMs() - startedMs) / 1000).toFixed(1)} s`)
    if (values.keep) {
      const { answer } = await stageHand(rehearsal, say, signal).deploy(a.folder)
      if (answer.exitCode === 0) print(described(rehearsal, a.manifest.release))
      else refuse(answer.stderr)
      if (answer.exitCode === 0) await stopping.promise
    } else {
      const reportFolder = join(dataFolder, 'report')
      rmSync(reportFolder, { recursive: true, force: true })
      mkdirSync(reportFolder, { recursive: true })
      const startedAt = new Date().toISOString()
      const acts = await play({ rehearsal, before, a, b, routing, reportFolder, say, nowMs, signal })
      const timeline: Timeline = { stage, routing: routingOf(stage, rehearsal.facts), startedAt, acts }
      writeFileSync(join(reportFolder, 'timeline.json'), `${JSON.stringify(timeline, null, 2)}\n`)
      writeFileSync(join(reportFolder, 'index.html'), timelineHtml(timeline))
      print(timelineText(timeline, colors))
      print(`Report: ${relative('', join(reportFolder, 'index.html'))}`)
      if (signal.aborted) refuse('Interrupted: what is missing was not played.')
      else if (!isGreen(timeline)) process.exitCode = 1
    }
  } catch (error) {
    if (!signal.aborted) refuse(error instanceof Error ? error.message : String(error))
  } finally {
    await rehearsal?.close()
    await before?.close()
  }
}

function isRouting(given: string | undefined): given is RoutingMode | undefined {
  return given === undefined || given === 'host' || given === 'edge'
}

function described({ env, urls, chromiumArguments }: Rehearsal, release: string): string {
  const exported = Object.entries(env).filter(([name]) => name.startsWith('AWS_') || name.startsWith('SAX_'))
  return [
    colors.green(`${release} is live in ${stage}. Ctrl-C ends it.`),
    '',
    ...exported.map(([name, value]) => `export ${name}='${value}'`),
    '',
    `phones of patients, to read and to write on: ${urls.phones}`,
    '',
    `curl --cacert "$SAX_TRUST_CA" --connect-to "::$SAX_CONNECT_TO" ${urls.host}/`,
    `chromium ${chromiumArguments.map((one) => `'${one}'`).join(' ')} --user-data-dir="$(mktemp -d)" ${urls.host}/`,
  ].join('\n')
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function refuse(reason: string): void {
  process.stderr.write(`${reason}\n`)
  process.exitCode = 1
}
