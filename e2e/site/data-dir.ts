import { join } from 'node:path'
import { defaultDataDir, type LocalSite, readLocalSite } from '@sax/local/settings'

/** Data of the site under test, beside the developer's own and emptied before each run. */
export const e2eDataDir = join(defaultDataDir, 'e2e')

/** The site that global set-up has started. */
export function theSite(dataDir: string = e2eDataDir): LocalSite {
  const site = readLocalSite(dataDir)
  if (site === undefined) throw new Error('the site under test does not run')
  return site
}
