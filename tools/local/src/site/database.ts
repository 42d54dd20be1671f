import { setTimeout as after } from 'node:timers/promises'
import { Client } from 'pg'
import { type RunningPostgres, startPostgres } from '../postgres/launch.ts'
import { isPostgres } from '../postgres/lock-file.ts'

const DATABASE = 'outreach'
const LOOK_EVERY_MS = 500

export interface SiteDatabase {
  /** Connection of the application's own role. */
  readonly url: string
  readonly adminUrl: string
  /** Password that the application's own role has, or is to get. */
  readonly appUserPassword: string
  /** Undefined when it is not ours, or down at this moment. */
  readonly process: { readonly pid: number; readonly port: number } | undefined
  stop(): Promise<void>
  /** Starts it again after `stop`, under the same port. */
  start(): Promise<void>
}

export interface DatabaseEvents {
  died(): void
  recovered(pid: number): void
  log(line: string): void
}

/**
 * A database that somebody else runs: used as it is, never started or stopped. With one address it is an
 * administrator's; beside an administrator's, `url` is what the application signs in with, and keeps its password.
 */
export function foreignDatabase(
  { url, adminUrl }: { readonly url: string | undefined; readonly adminUrl: string | undefined },
  appUserPassword: string,
): SiteDatabase | undefined {
  const admin = adminUrl ?? url
  if (admin === undefined) return undefined
  const own = new URL(adminUrl !== undefined && url !== undefined ? url : admin)
  if (adminUrl === undefined || url === undefined) {
    own.username = 'app_user'
    own.password = appUserPassword
  }
  const nothing = () => Promise.resolve()
  return {
    url: own.href,
    adminUrl: admin,
    appUserPassword: (own.username === 'app_user' && decodeURIComponent(own.password)) || appUserPassword,
    ...{ process: undefined, stop: nothing, start: nothing },
  }
}

/** The embedded database of a data folder, started again when it dies. */
export async function embeddedDatabase(
  options: {
    readonly dataDir: string
    readonly port: number
    readonly password: string
    readonly appUserPassword: string
  },
  events: DatabaseEvents,
): Promise<SiteDatabase> {
  const { dataDir, password, appUserPassword } = options
  const launch = (port: number) => startPostgres({ dataDir, port, password, log: events.log })
  let server: RunningPostgres = await launch(options.port)
  let state: 'up' | 'down' | 'stopped' = 'up'
  let reviving: Promise<void> = Promise.resolve()
  await createDatabase(server.url())
  const { port } = server

  const revive = async (): Promise<void> => {
    for (let pauseMs = 250; state === 'down'; pauseMs = Math.min(pauseMs * 2, 10_000)) {
      try {
        server = await launch(port)
        if (server.port === port) break
        // Every part knows the port by now: the old one has to become free again.
        await server.stop()
      } catch (error) {
        events.log(error instanceof Error ? error.message : String(error))
      }
      await after(pauseMs)
    }
    if (state !== 'down') return
    state = 'up'
    events.recovered(server.pid)
  }

  const timer = setInterval(() => {
    if (state !== 'up' || isPostgres(server.pid)) return
    state = 'down'
    events.died()
    reviving = revive()
  }, LOOK_EVERY_MS)
  timer.unref()

  return {
    url: server.url(DATABASE, 'app_user', appUserPassword),
    adminUrl: server.url(DATABASE),
    appUserPassword,
    get process() {
      return state === 'up' ? { pid: server.pid, port } : undefined
    },
    stop: async () => {
      state = 'stopped'
      await reviving
      await server.stop()
    },
    start: () => {
      state = 'down'
      reviving = revive()
      return reviving
    },
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}
