import { parseArgs } from 'node:util'
import colors from 'picocolors'
import { buildApplications } from './build/build-applications.ts'
import { releaseName } from './build/release-name.ts'
import { sourceHash } from './build/source-hash.ts'
import { linePrinter } from './console.ts'
import { resetData } from './reset.ts'
import { defaultDataDir, repositoryRoot } from './settings.ts'
import { readSiteEnvironment } from './site/env.ts'
import { type RunningSite, startSite } from './site/start-site.ts'

const USAGE = `usage: npm start -- [--verbose] [--data-dir FOLDER]      start the site
       npm run dev -- [--verbose] [--data-dir FOLDER]    start it with hot reload
       npm run reset -- [--data-dir FOLDER]              delete the local data
Environment: LOG_LEVEL, ROUTING_MODE=host|edge, DATABASE_URL, DATABASE_ADMIN_URL, SAX_PORT_EDGE_HOST and the like`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    verbose: { type: 'boolean', default: false },
    'data-dir': { type: 'string', default: defaultDataDir },
    help: { type: 'boolean', default: false },
  },
})
const command = positionals[0]
const dataDir = values['data-dir']

// A terminal that was closed can no longer be written to; that is no reason to leave parts behind.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

try {
  if (values.help) print(USAGE)
  else if (command === 'start' || command === 'dev') await run(command)
  else if (command === 'reset') print(resetData(dataDir))
  else {
    print(USAGE)
    process.exitCode = 2
  }
} catch (error) {
  print(colors.red(error instanceof Error ? error.message : String(error)))
  process.exitCode = 1
}

async function run(name: 'start' | 'dev'): Promise<void> {
  const startedMs = performance.now()
  const env = readSiteEnvironment()
  const least = env.logLevel ?? (values.verbose ? 'info' : 'warn')
  const unwanted = new AbortController()
  const sources = async () =>
    name === 'start'
      ? buildApplications({
          root: repositoryRoot,
          say: print,
          nowMs: () => performance.now(),
          signal: unwanted.signal,
        })
      : sourceHash(repositoryRoot, ['apps', 'packages'])
  const stopping = Promise.withResolvers<string>()
  let signals = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      signals += 1
      // Somebody who asks three times does not want to wait.
      if (signals >= 3) process.exit(130)
      stopping.resolve(signal)
      unwanted.abort()
    })
  }
  const starting = startSite({
    dataDir,
    release: async () => releaseName(repositoryRoot, await sources()),
    mode: name === 'dev' ? 'development' : 'production',
    ports: env.ports,
    database: { url: env.databaseUrl, adminUrl: env.databaseAdminUrl },
    logLevel: env.logLevel === 'debug' ? 'debug' : 'info',
    ...(env.routing === undefined ? {} : { routing: env.routing }),
    ...(env.userContextTtlSec === undefined ? {} : { userContextTtlSec: env.userContextTtlSec }),
    ...(env.claimsNamespace === undefined ? {} : { claimsNamespace: env.claimsNamespace }),
    show: linePrinter(least, print),
    say: (message, level) => print(level === 'warn' ? colors.yellow(message) : colors.dim(message)),
  })
  const site = await Promise.race([starting, stopping.promise.then(() => undefined)])
  if (site === undefined) {
    print('Stopping before the start was complete …')
    await starting.then(
      (late: RunningSite) => late.stop(),
      () => undefined,
    )
    return
  }
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  print(
    `${colors.green('SleepConnect is ready')} after ${seconds} s, Ctrl-C stops it: ${colors.bold(site.site.urls.host)}`,
  )
  print(colors.dim(`Phones of patients: ${site.site.urls.carrierSimulator}`))
  await stopping.promise
  print('Stopping …')
  await site.stop()
  print('Stopped.')
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
