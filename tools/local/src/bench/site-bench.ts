import { spawn } from 'node:child_process'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { outreachApiPath, outreachPath, USER_CONTEXT } from '@sax/topology'
import { buildApplications } from '../build/build-applications.ts'
import { releaseName } from '../build/release-name.ts'
import { freePort } from '../free-port.ts'
import { defaultDataDir, repositoryRoot } from '../settings.ts'
import { inheritedEnvironment } from '../site/env.ts'
import { type RunningSite, startSite } from '../site/start-site.ts'
import { waitUntilReady } from '../site/wait-until-ready.ts'
import { benchFrontDoor } from './front-door.ts'
import { type Load, measureLoad } from './load.ts'
import { thisMachine } from './machine.ts'
import { isProportional, memoryOf } from './memory.ts'
import { type BenchResult, siteFigures } from './report.ts'
import { benchToken } from './token.ts'

const DURATION_SEC = 8

type Say = (line: string) => void

/** Measures the site, and answers its part of docs/performance.md. Applications are built first. */
export async function benchSite(say: Say): Promise<string> {
  const loadBefore = loadavg()[0] ?? 0
  const sources = await buildApplications({ root: repositoryRoot, say, nowMs: () => performance.now() })
  const release = releaseName(repositoryRoot, sources)
  const application = await benchApplication(say)
  say('The front door alone …')
  const alone = await benchFrontDoor(DURATION_SEC)
  const site = await benchRunning(release, say)
  return siteFigures({
    machine: thisMachine(release, loadBefore),
    application,
    alone,
    ...site,
    proportional: isProportional(),
  })
}

/** The zone's API application alone, before a backend that costs nothing. */
async function benchApplication(say: Say): Promise<readonly Load[]> {
  say("The zone's API application before a fixed backend …")
  const scratch = mkdtempSync(join(tmpdir(), 'sax-bench-'))
  const stubPort = await freePort(4900)
  const port = await freePort(4901, new Set([stubPort]))
  const secret = 'a-secret-of-the-benchmark-and-nothing-else'
  const log = openSync(join(scratch, 'log'), 'a')
  const stub = spawn(
    process.execPath,
    [fileURLToPath(new URL('./backend-stub.ts', import.meta.url)), String(stubPort)],
    { stdio: 'ignore' },
  )
  const app = spawn(process.execPath, ['--max-semi-space-size=8', 'src/main.ts'], {
    cwd: join(repositoryRoot, 'apps', 'outreach-api-routes'),
    stdio: ['ignore', log, 'inherit'],
    env: {
      ...inheritedEnvironment(),
      NODE_ENV: 'production',
      STAGE: 'local',
      RELEASE: 'bench',
      LOG_LEVEL: 'info',
      PORT: String(port),
      API_BASE_URL: `http://127.0.0.1:${stubPort}`,
      PUBLIC_NAMES: `127.0.0.1:${port}`,
      AUTH0_CLIENT_SECRET: secret,
    },
  })
  try {
    const url = `http://127.0.0.1:${port}${outreachApiPath('templates')}`
    for (const asked of [`http://127.0.0.1:${stubPort}/`, url]) {
      if (!(await waitUntilReady(asked, 20_000, () => app.exitCode !== null)))
        throw new Error('the application did not start')
    }
    const target = { what: 'templates', url, headers: { [USER_CONTEXT]: await benchToken(secret) } }
    const loads: Load[] = []
    for (const connections of [1, 10, 50]) loads.push(await measured(target, connections, say))
    return loads
  } finally {
    app.kill()
    stub.kill()
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** The whole site: how fast it starts, what it holds, how it answers people who hold a token. */
async function benchRunning(
  name: string,
  say: Say,
): Promise<Pick<BenchResult, 'frontDoor' | 'startSec' | 'idle' | 'afterLoad'>> {
  say('The whole site …')
  const dataDir = join(defaultDataDir, 'bench')
  const start = () => startSite({ dataDir, release: name, anyPublicPort: true })
  // The first start makes the database; the second is the one that people wait for every day.
  await (await start()).stop()
  const startedMs = performance.now()
  const running = await start()
  const startSec = (performance.now() - startedMs) / 1000
  try {
    const idle = memoryNow(running)
    const { urls, userContextSecret } = running.site
    const headers = { [USER_CONTEXT]: await benchToken(userContextSecret), accept: 'text/html' }
    const frontDoor: Load[] = []
    for (const [what, path] of [
      ['templates API', outreachApiPath('templates')],
      ['templates page', outreachPath('templates')],
    ] as const) {
      for (const connections of [1, 10])
        frontDoor.push(await measured({ what, url: `${urls.host}${path}`, headers }, connections, say))
    }
    return { frontDoor, startSec, idle, afterLoad: memoryNow(running) }
  } finally {
    await running.stop()
  }
}

/** Without the supervisor: here it is this process, which also does the asking. */
function memoryNow({ site }: RunningSite) {
  return memoryOf(Object.fromEntries(Object.entries(site.parts).map(([part, { pid }]) => [part, pid])))
}

async function measured(target: Parameters<typeof measureLoad>[0], connections: number, say: Say): Promise<Load> {
  const load = await measureLoad(target, connections, DURATION_SEC)
  const { requestsPerSec, p50Ms, p99Ms, failures } = load
  say(
    `  ${target.what}, ${connections} connections: ${requestsPerSec}/s, p50 ${p50Ms} ms, p99 ${p99Ms} ms, ${failures} failures`,
  )
  return load
}
