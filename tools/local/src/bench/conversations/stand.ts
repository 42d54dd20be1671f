import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { outreach } from '@sax/topology'
import { freePort } from '../../free-port.ts'
import { startPostgres } from '../../postgres/launch.ts'
import { repositoryRoot } from '../../settings.ts'
import { inheritedEnvironment } from '../../site/env.ts'
import { keptSecrets, type SiteSecrets } from '../../site/secrets.ts'
import { waitUntilReady } from '../../site/wait-until-ready.ts'
import { SIZE } from './data-set.ts'
import { dataSet } from './make-data-set.ts'
import type { Step } from './step.ts'

const DATABASE = 'conversations'
export const ACCOUNT_SID = `AC${'b'.repeat(32)}`

/** What a small database of a stage has, and a laptop's has not. Writes are as durable as there. */
const SETTINGS = { shared_buffers: '2GB', max_wal_size: '4GB', effective_cache_size: '6GB', random_page_cost: '1.1' }

export interface Stand {
  /** Base URL of the backend. */
  readonly url: string
  readonly secrets: SiteSecrets
  readonly backendPid: number
  stop(): Promise<void>
}

/**
 * The backend as `npm start` runs it, before a database of its own that holds the data set.
 * @throws Error when one of them does not start
 */
export async function startStand(dataDir: string, step: Step): Promise<Stand> {
  const secrets = keptSecrets(dataDir)
  const { postgresPassword: password, appUserPassword } = secrets
  const postgres = await startPostgres({
    dataDir: join(dataDir, 'postgres'),
    port: 54_330,
    password,
    settings: SETTINGS,
  })
  let api: ChildProcess | undefined
  const stop = async () => {
    api?.kill()
    await postgres.stop()
  }
  try {
    const migrate = (database: string) =>
      ended(
        node('src/migrate.ts', dataDir, {
          DATABASE_ADMIN_URL: postgres.url(database),
          APP_USER_PASSWORD: appUserPassword,
        }),
      )
    await dataSet(DATABASE, SIZE, postgres.url, migrate, step)
    const databaseUrl = postgres.url(DATABASE, 'app_user', appUserPassword)
    const port = await freePort(4910)
    const url = `http://127.0.0.1:${port}`
    const started = node('src/main.ts', dataDir, {
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      AUTH0_CLIENT_SECRET: secrets.userContextSecret,
      TWILIO_ACCOUNT_SID: ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: secrets.carrierAuthToken,
      PUBLIC_WEBHOOK_BASE_URL: url,
    })
    api = started
    if (!(await waitUntilReady(`${url}${outreach.basePath}/health`, 20_000, () => started.exitCode !== null)))
      throw new Error('the backend did not start')
    return { url, secrets, backendPid: started.pid ?? 0, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A program of the backend, with the memory that it has on a laptop. */
function node(entry: string, dataDir: string, env: Readonly<Record<string, string>>): ChildProcess {
  const logs = join(dataDir, 'logs')
  mkdirSync(logs, { recursive: true })
  const log = openSync(join(logs, 'outreach-api.log'), 'w')
  return spawn(process.execPath, ['--max-old-space-size=160', '--max-semi-space-size=8', entry], {
    cwd: join(repositoryRoot, 'apps', 'outreach-api'),
    stdio: ['ignore', log, 'inherit'],
    env: {
      ...inheritedEnvironment(),
      NODE_ENV: 'production',
      STAGE: 'local',
      RELEASE: 'bench',
      LOG_LEVEL: 'info',
      ...env,
    },
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the migrations ended with ${code}`))))
  })
}
