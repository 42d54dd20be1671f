import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../is-alive.ts'

/** What a running server says of itself in its data folder. */
export interface LockFile {
  readonly pid: number
  readonly port: number
  readonly ready: boolean
}

/**
 * The server's own lock file, or undefined when there is none (or it is still being written).
 * @source PostgreSQL, src/include/utils/pidfile.h: line 1 pid, line 4 port, line 8 status
 */
export function readLockFile(dataDir: string): LockFile | undefined {
  let text: string
  try {
    text = readFileSync(lockPath(dataDir), 'utf8')
  } catch {
    return undefined
  }
  const lines = text.split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  return { pid, port, ready: lines[7]?.trim() === 'ready' }
}

/**
 * Removes a lock whose owner is gone. PostgreSQL does so itself unless another program has got the number since
 * (usual after a restart of the machine), in which case it would refuse to start.
 */
export function dropStaleLock(dataDir: string): void {
  const lock = readLockFile(dataDir)
  if (lock !== undefined && !isPostgres(lock.pid)) rmSync(lockPath(dataDir), { force: true })
}

/** True when process `pid` lives and is a PostgreSQL server. A process that ended and waits to be collected does not live. */
export function isPostgres(pid: number): boolean {
  if (process.platform === 'win32') return isAlive(pid)
  try {
    const [name, state] = /\((.*)\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.slice(1) ?? []
    return name === 'postgres' && state !== 'Z'
  } catch {
    if (process.platform === 'linux') return false
  }
  const { stdout } = spawnSync('ps', ['-o', 'stat=,comm=', '-p', String(pid)], { encoding: 'utf8' })
  return /postgres$/.test(stdout.trim()) && !stdout.trim().startsWith('Z')
}

function lockPath(dataDir: string): string {
  return join(dataDir, 'postmaster.pid')
}
