import { freePort } from '../free-port.ts'
import { initCluster } from './init-cluster.ts'
import { dropStaleLock, isPostgres, readLockFile } from './lock-file.ts'
import { type Place, settlePlace } from './place.ts'
import { isGone, startPostmaster, stopPostmaster } from './postmaster.ts'

export { removePostgresData } from './place.ts'

export interface PostgresOptions {
  /** Folder of the database; made at the first start. */
  readonly dataDir: string
  /** Wished port; another is taken, and `log` told, when it is busy. */
  readonly port: number
  /** Password of the superuser `postgres`, set when the folder is made. Later starts must bring the same. */
  readonly password: string
  readonly log?: (line: string) => void
  /** Settings of the server beside, or instead of, those of a laptop. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface RunningPostgres {
  readonly port: number
  readonly pid: number
  /** True when the database was made by this start. */
  readonly fresh: boolean
  /** Connection string. Default: the superuser and its password, database `postgres`. */
  url(database?: string, user?: string, password?: string): string
  /** Resolves when the server is gone and its lock with it. */
  stop(): Promise<void>
}

/**
 * A PostgreSQL server of our own on 127.0.0.1, ready to take connections. A server that an earlier, killed run left
 * behind in the same folder is taken over as it is.
 * @throws Error that quotes what PostgreSQL said.
 */
export async function startPostgres({
  dataDir,
  port,
  password,
  log = () => undefined,
  settings = {},
}: PostgresOptions): Promise<RunningPostgres> {
  const place = settlePlace(dataDir, log)
  const orphan = await findOrphan(place)
  if (orphan !== undefined) {
    log(`taking over the PostgreSQL that still runs in ${place.dataDir} (process ${orphan.pid}, port ${orphan.port})`)
    return running(place, orphan.pid, orphan.port, password, false)
  }
  const fresh = await initCluster(place, password)
  const taken = await freePort(port)
  if (taken !== port) log(`port ${port} is busy: PostgreSQL listens on ${taken}`)
  const pid = await startPostmaster(place, taken, log, settings)
  return running(place, pid, taken, password, fresh)
}

async function findOrphan(place: Place): Promise<{ readonly pid: number; readonly port: number } | undefined> {
  dropStaleLock(place.dataDir)
  const lock = readLockFile(place.dataDir)
  if (lock === undefined) return undefined
  if (lock.ready) return lock
  // Starting or stopping: either it becomes ready, or it goes away and we start our own.
  await isGone(lock.pid)
  const later = readLockFile(place.dataDir)
  return later?.ready === true && isPostgres(later.pid) ? later : undefined
}

function running(place: Place, pid: number, port: number, password: string, fresh: boolean): RunningPostgres {
  return {
    pid,
    port,
    fresh,
    url: (database = 'postgres', user = 'postgres', secret = password) =>
      `postgres://${encodeURIComponent(user)}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    stop: () => stopPostmaster(place, pid),
  }
}
