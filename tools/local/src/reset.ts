import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { removePostgresData } from './postgres/launch.ts'
import { isPostgres, readLockFile } from './postgres/lock-file.ts'
import { settlePlace } from './postgres/place.ts'
import { claimDataDir } from './site/data-dir-claim.ts'

/** What a site puts into its data folder. Anything else there is somebody's own and stays. */
const OWN = ['logs', 'secrets.json', 'identity-provider.json', 'site.json']

/**
 * Deletes a site's data, so that the next start begins afresh; answers with a sentence. Builds are kept.
 * @throws DataDirInUseError while the site runs.
 */
export function resetData(dataDir: string): string {
  const release = claimDataDir(dataDir)
  try {
    const postgresDir = join(dataDir, 'postgres')
    const { dataDir: settled } = settlePlace(postgresDir, () => undefined)
    const lock = readLockFile(settled)
    if (lock !== undefined && isPostgres(lock.pid)) {
      throw new Error(
        `a PostgreSQL of a killed site still runs in ${settled} (process ${lock.pid}): start the site and stop it, then reset`,
      )
    }
    removePostgresData(postgresDir)
    const own = readdirSync(dataDir).filter((name) => OWN.includes(name))
    for (const name of own) rmSync(join(dataDir, name), { recursive: true, force: true })
    return `The data in ${dataDir} is gone. The next start makes it anew.`
  } finally {
    release()
  }
}
