import { rmSync } from 'node:fs'
import { readLocalSite } from '@sax/local/settings'
import { startSite } from '@sax/local/site'
import { e2eDataDir } from './data-dir.ts'
import { sitePorts } from './ports.ts'

/** Starts one production site with fresh data for all tests; what comes back stops it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (readLocalSite(e2eDataDir) !== undefined) throw new Error(`another run uses ${e2eDataDir}`)
  rmSync(e2eDataDir, { recursive: true, force: true })
  const running = await startSite({
    dataDir: e2eDataDir,
    release: 'e2e',
    ports: sitePorts(0),
    anyPublicPort: true,
  })
  return () => running.stop()
}
