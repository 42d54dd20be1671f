import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { buildApplications } from '@sax/local/build'
import { partsOfSite, type SiteFacts, type SiteParts } from '@sax/local/parts'
import { type LocalSite, readLocalSite, repositoryRoot } from '@sax/local/settings'
import { type RunningSite, startSite } from '@sax/local/site'
import { outreach, type RoutingMode } from '@sax/topology'
import { dataDirOf, runningSite, sharedDataDirs } from './data-dir.ts'
import { assertCleanLogs } from './log-sweep.ts'
import { sitePorts } from './ports.ts'

export interface SiteUnderTest extends LocalSite {
  readonly dataDir: string
  /** Process of a part at this moment; parts that died have another one afterwards. */
  readonly pidOf: (part: string) => number
}

/**
 * `host`, `edge`: those of global set-up, by routing mode, behind the template that production gets. `breakable`: one of the file's own, whose parts it may kill.
 * `twoSecrets`: the zone's pages know another signing secret than the host, the most common fault of a new environment.
 */
export type SiteKind = RoutingMode | 'breakable' | 'twoSecrets'

interface OwnSite {
  readonly index: number
  readonly routing: RoutingMode
  readonly partsOf?: (facts: SiteFacts) => SiteParts
}

const own: Readonly<Record<Exclude<SiteKind, RoutingMode>, OwnSite>> = {
  breakable: { index: 2, routing: 'host' },
  twoSecrets: { index: 3, routing: 'host', partsOf: withForeignSecret },
}

/** The parts of a site whose zone verifies with a secret that nobody signs with. */
function withForeignSecret(facts: SiteFacts): SiteParts {
  const { atOnce, ...others } = partsOfSite(facts)
  const foreign = randomBytes(32).toString('base64url')
  const changed = atOnce.map((part) =>
    part.name === outreach.name ? { ...part, env: { ...part.env, AUTH0_CLIENT_SECRET: foreign } } : part,
  )
  return { ...others, atOnce: changed }
}

export interface FreshSite {
  /** Whether the applications were built by whoever started this program, or what changed is to be built by it. */
  readonly built: 'before' | 'now'
  readonly dataDir: string
  readonly index: number
  readonly routing: RoutingMode
  /** What health answers call the running code. Default `e2e`. */
  readonly release?: string
  /** Path of a stage's template for the front door. Absent: the topology's own for a laptop. */
  readonly edgeTemplate?: string
  readonly partsOf?: (facts: SiteFacts) => SiteParts
}

/** A production site with fresh data in `dataDir`. @throws Error when another run uses the folder. */
export async function startFresh({
  built,
  dataDir,
  index,
  release = 'e2e',
  ...options
}: FreshSite): Promise<RunningSite> {
  if (readLocalSite(dataDir) !== undefined) throw new Error(`another run uses ${dataDir}`)
  rmSync(dataDir, { recursive: true, force: true })
  return startSite({
    ...{ dataDir, ports: sitePorts(index), anyPublicPort: true },
    ...options,
    release: built === 'before' ? release : () => buildAs(release),
  })
}

/** Builds what changed, and answers with the name that it runs under. */
async function buildAs(release: string): Promise<string> {
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  await buildApplications({ root: repositoryRoot, say, nowMs: () => performance.now() })
  return release
}

/** The site of this kind, and what to do when it is no longer needed. */
export async function siteOfKind(kind: SiteKind): Promise<{ site: SiteUnderTest; stop: () => Promise<void> }> {
  if (kind === 'host' || kind === 'edge') {
    return { site: described(sharedDataDirs[kind]), stop: async () => undefined }
  }
  const dataDir = dataDirOf(`e2e-${kind}`)
  const running = await startFresh({ built: 'before', dataDir, ...own[kind] })
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
