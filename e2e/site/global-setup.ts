import { sharedDataDirs } from './data-dir.ts'
import { assertCleanLogs } from './log-sweep.ts'
import { startFresh } from './site-under-test.ts'

/**
 * Starts a production site in each routing mode for all tests; what comes back stops both and looks through the logs
 * of the whole run.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const modes = ['host', 'edge'] as const
  const running = await Promise.all(modes.map((mode, index) => startFresh(sharedDataDirs[mode], index, mode)))
  return async () => {
    await Promise.all(running.map((one) => one.stop()))
    for (const [index, { site }] of running.entries())
      await assertCleanLogs(site, sharedDataDirs[modes[index] ?? 'host'])
  }
}
