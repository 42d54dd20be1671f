import { join } from 'node:path'
import { defaultDataDir, type LocalSite, readLocalSite } from '@sax/local/settings'

/** Data of a site under test, beside the developer's own and emptied before each run. */
export function dataDirOf(name: string): string {
  return join(defaultDataDir, name)
}

/** Data of the site that global set-up starts for all tests. */
export const sharedDataDir = dataDirOf('e2e')

/** The site in `dataDir` as it runs at this moment. */
export function runningSite(dataDir: string): LocalSite {
  const site = readLocalSite(dataDir)
  if (site === undefined) throw new Error('the site under test does not run')
  return site
}
