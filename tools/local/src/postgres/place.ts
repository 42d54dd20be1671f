import { createHash } from 'node:crypto'
import { cpSync, existsSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type Account, canEnter, giveTo, postgresAccount } from './account.ts'
import { completeBinaries, postgresBinaries, programPath } from './binaries.ts'

/** Where PostgreSQL's programs and data lie, and as whom it runs. */
export interface Place {
  readonly native: string
  readonly dataDir: string
  readonly account: Account
}

/**
 * Settles where PostgreSQL runs. Root cannot run it, and the account it runs as instead may not be able to enter the
 * project's folder (a home of mode 0700): then programs and data live in a folder of their own outside of it.
 */
export function settlePlace(dataDir: string, log: (line: string) => void): Place {
  const wanted = resolve(dataDir)
  const native = postgresBinaries()
  completeBinaries(native)
  const account = postgresAccount()
  mkdirSync(dirname(wanted), { recursive: true, mode: 0o711 })
  if (account.uid === undefined) return { native, dataDir: wanted, account }
  const reachable = canEnter(dirname(wanted), account) && canEnter(dirname(programPath(native, 'postgres')), account)
  if (reachable) {
    giveTo(wanted, account)
    return { native, dataDir: wanted, account }
  }
  const outside = placeOutside(wanted)
  log(`the account PostgreSQL runs as cannot enter ${dirname(wanted)}: its data lies in ${outside}`)
  claim(outside)
  if (!existsSync(join(outside, 'native', 'bin')))
    cpSync(native, join(outside, 'native'), { recursive: true, verbatimSymlinks: true })
  giveTo(join(outside, 'data'), account)
  return { native: join(outside, 'native'), dataDir: join(outside, 'data'), account }
}

/** Removes the data of `dataDir`, wherever it lies. The server must not run. */
export function removePostgresData(dataDir: string): void {
  const wanted = resolve(dataDir)
  rmSync(wanted, { recursive: true, force: true })
  if (process.getuid?.() === 0) rmSync(placeOutside(wanted), { recursive: true, force: true })
}

/** Survives a restart of the machine where the system has such a folder. */
function placeOutside(dataDir: string): string {
  const name = `sleepconnect-postgres-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`
  return join(existsSync('/var/tmp') ? '/var/tmp' : tmpdir(), name)
}

/** Everybody may write to the folder above, so the name may have been taken by somebody else before us. */
function claim(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== process.getuid?.()) throw new Error(`${folder} belongs to somebody else`)
}
