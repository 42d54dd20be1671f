import { rmSync } from 'node:fs'
import { type LocalSite, readLocalSite } from '@sax/local/settings'
import { type RunningSite, startSite } from '@sax/local/site'
import type { RoutingMode } from '@sax/topology'
import { dataDirOf, runningSite, sharedDataDir } from './data-dir.ts'
import { assertCleanLogs } from './log-sweep.ts'
import { sitePorts } from './ports.ts'

export interface SiteUnderTest extends LocalSite {
  readonly dataDir: string
  /** Process of a part at this moment; parts that died have another one afterwards. */
  readonly pidOf: (part: string) => number
}

/**
 * `shared`: the one of global set-up. `breakable`: one of the file's own, whose parts it may kill.
 * `edge`: one of the file's own in the other routing mode.
 */
export type SiteKind = 'shared' | 'breakable' | 'edge'

const own: Readonly<Record<Exclude<SiteKind, 'shared'>, { readonly index: number; readonly routing: RoutingMode }>> = {
  edge: { index: 1, routing: 'edge' },
  breakable: { index: 2, routing: 'host' },
}

/** A production site with fresh data in `dataDir`. @throws Error when another run uses the folder. */
export async function startFresh(
  dataDir: string,
  index: number,
  routing: RoutingMode,
  release = 'e2e',
): Promise<RunningSite> {
  if (readLocalSite(dataDir) !== undefined) throw new Error(`another run uses ${dataDir}`)
  rmSync(dataDir, { recursive: true, force: true })
  return startSite({ dataDir, release, routing, ports: sitePorts(index), anyPublicPort: true })
}

/** The site of this kind, and what to do when it is no longer needed. */
export async function siteOfKind(kind: SiteKind): Promise<{ site: SiteUnderTest; stop: () => Promise<void> }> {
  if (kind === 'shared') return { site: described(sharedDataDir), stop: async () => undefined }
  const { index, routing } = own[kind]
  const dataDir = dataDirOf(`e2e-${kind}`)
  const running = await startFresh(dataDir, index, routing)
  const site = described(dataDir)
  const stop = async () => {
    await running.stop()
    await assertCleanLogs(site, dataDir)
  }
  return { site, stop }
}

function described(dataDir: string): SiteUnderTest {
  const pidOf = (part: string) => {
    const pid = runningSite(dataDir).parts[part]?.pid
    if (pid === undefined) throw new RangeError(`no part ${part} runs`)
    return pid
  }
  return { ...runningSite(dataDir), dataDir, pidOf }
}
