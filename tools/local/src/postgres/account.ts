import { spawnSync } from 'node:child_process'
import { accessSync, chownSync, constants, existsSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemEnvironment } from './env.ts'

/** Whom PostgreSQL runs as. Empty: as ourselves. */
export interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** PostgreSQL refuses to run as root; then it runs as `postgres`, or as `nobody`, who exists on every Unix. */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return {}
  const account = accountNamed('postgres') ?? accountNamed('nobody')
  if (account === undefined)
    throw new Error('PostgreSQL does not run as root, and there is no account postgres or nobody')
  return account
}

function accountNamed(name: string): Account | undefined {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' })
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' })
  if (uid.status !== 0 || gid.status !== 0) return undefined
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

/** True when `account` may enter `folder`, which says whether it can reach anything below. */
export function canEnter(folder: string, account: Account): boolean {
  if (account.uid === undefined) {
    try {
      accessSync(folder, constants.X_OK)
      return true
    } catch {
      return false
    }
  }
  return spawnSync('test', ['-x', folder], { ...account, cwd: '/', env: systemEnvironment() }).status === 0
}

/** Hands a folder and everything in it to `account`. Links are handed over themselves, not what they point at. */
export function giveTo(folder: string, account: Account): void {
  if (account.uid === undefined || account.gid === undefined || !existsSync(folder)) return
  if (lstatSync(folder).uid === account.uid) return
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) giveTo(path, account)
    else if (!entry.isSymbolicLink()) chownSync(path, account.uid, account.gid)
  }
  chownSync(folder, account.uid, account.gid)
}
