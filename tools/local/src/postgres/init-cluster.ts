import { chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { programPath } from './binaries.ts'
import type { Place } from './place.ts'
import { runProgram } from './run-program.ts'

/**
 * Makes the data folder unless it is there already; answers whether it was made. The folder appears under its name
 * only when it is whole, so a start that was interrupted half-way leaves nothing to repair.
 * @throws Error with what initdb said.
 */
export async function initCluster(place: Place, password: string): Promise<boolean> {
  if (existsSync(join(place.dataDir, 'PG_VERSION'))) return false
  const fresh = `${place.dataDir}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  const secret = mkdtempSync(join(tmpdir(), 'initdb-'))
  try {
    writeFileSync(join(secret, 'password'), `${password}\n`, { mode: 0o600 })
    for (const path of [fresh, secret, join(secret, 'password')]) own(path, place)
    const { exitCode, output } = await runProgram(
      programPath(place.native, 'initdb'),
      [
        ...['-D', fresh, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${join(secret, 'password')}`],
        ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-messages=C', '--no-sync'],
      ],
      place.account,
    )
    if (exitCode !== 0) throw new Error(`PostgreSQL could not make its data folder: ${output}`)
    rmSync(place.dataDir, { recursive: true, force: true })
    renameSync(fresh, place.dataDir)
    return true
  } finally {
    rmSync(secret, { recursive: true, force: true })
    rmSync(fresh, { recursive: true, force: true })
  }
}

function own(path: string, { account }: Place): void {
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid)
}
