import { sharedDataDir } from './data-dir.ts'
import { assertCleanLogs } from './log-sweep.ts'
import { startFresh } from './site-under-test.ts'

/** Starts one production site for all tests; what comes back stops it and looks through the logs of the whole run. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const running = await startFresh(sharedDataDir, 0, 'host')
  return async () => {
    const { site } = running
    await running.stop()
    await assertCleanLogs(site, sharedDataDir)
  }
}
