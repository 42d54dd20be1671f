import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isMotoInstalled } from '@sax/cloud'
import { isDeployedStage } from '@sax/infra/account-facts'
import { repositoryRoot } from '@sax/local/settings'
import colors from 'picocolors'
import { type Rehearsal, startRehearsal } from './start-rehearsal.ts'

const USAGE = `usage: node tools/rehearsal/src/main.ts <develop | staging | production> [--keep] [--data-dir FOLDER]
  --keep       goes on until Ctrl-C; without it, the stage is started and ended again, to see whether it starts`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false }, 'data-dir': { type: 'string' }, help: { type: 'boolean' } },
})
const [stage = 'develop'] = positionals

if (values.help) {
  print(USAGE)
} else if (!isDeployedStage(stage) || positionals.length > 1) {
  refuse(USAGE)
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
  const dataFolder = values['data-dir'] ?? join(repositoryRoot, '.local', 'rehearsal', stage)
  try {
    const startedMs = performance.now()
    const say = (line: string) => void process.stderr.write(`${colors.dim(line)}\n`)
    const rehearsal = await startRehearsal({ stage, dataFolder, say, signal: unwanted.signal })
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
    print(described(rehearsal, seconds))
    if (values.keep) await stopping.promise
    say('Stopping …')
    await rehearsal.close()
  } catch (error) {
    if (!unwanted.signal.aborted) refuse(error instanceof Error ? error.message : String(error))
  }
}

function described({ stage, env, urls, chromiumArguments }: Rehearsal, seconds: string): string {
  const exported = Object.entries(env).filter(([name]) => name.startsWith('AWS_') || name.startsWith('SAX_'))
  return [
    colors.green(`${stage} is there after ${seconds} s, as its infrastructure makes it: nothing is released yet.`),
    '',
    ...exported.map(([name, value]) => `export ${name}='${value}'`),
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
