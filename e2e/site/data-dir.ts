import { join } from 'node:path'
import { defaultDataDir, type LocalSite, readLocalSite } from '@sax/local/settings'

/** Data of a site under test, beside the developer's own and emptied before each run. */
export function dataDirOf(name: string): string {
  return join(defaultDataDir, name)
}

/** Data of the two sites that global set-up starts for all tests, one for each routing mode. */
export const sharedDataDirs = { host: dataDirOf('e2e'), edge: dataDirOf('e2e-edge') } as const

/** The site in `dataDir` as it runs at this moment. */
export function runningSite(dataDir: string): LocalSite {
  const site = readLocalSite(dataDir)
  if (site === undefined) throw new Error('the site under test does not run')
  return site
}
