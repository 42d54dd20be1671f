import type { Manifest } from '@sax/release'
import { artefactsOf, type Live } from './live-set.ts'
import { artefactMark } from './publish-functions.ts'
import type { ReleaseRecord } from './record.ts'
import type { PublishedVersion } from './released-functions.ts'

export interface PrunePlan {
  /** Releases that stay, the newest first. */
  readonly kept: readonly string[]
  /** Artefacts that go, with the release they are. */
  readonly artefacts: readonly { readonly digest: string; readonly release: string }[]
  /** Releases that are known and kept no more after it, and that no record of pruning names yet: one that died wrote none. */
  readonly gone: readonly string[]
  /** Digests of what was never brought as a whole, or is half gone. */
  readonly orphans: readonly string[]
  /** Files that only dropped releases name. */
  readonly files: readonly { readonly zone: string; readonly key: string }[]
  /** Versions that releases published which are not kept, whether they ever were live or not. */
  readonly versions: readonly { readonly role: string; readonly version: string }[]
}

/** Every version of every function, by role. */
export type PublishedVersions = Readonly<Record<string, readonly PublishedVersion[]>>

/**
 * What no kept release names. Kept is what is live, what was before, and the newest `keep` that ever were live. What no
 * release names at all is somebody else's, or a placeholder, and stays: nothing goes because of its age.
 * @param records newest first
 */
export function planPrune(
  live: Live,
  records: readonly ReleaseRecord[],
  manifests: ReadonlyMap<string, Manifest>,
  folders: readonly string[],
  published: PublishedVersions,
  keep: number,
): PrunePlan {
  const wereLive = records.flatMap(({ outcome, after }) => (outcome === 'done' && after !== null ? [after] : []))
  const newest = [...new Set(wereLive.flatMap(artefactsOf))].slice(0, keep)
  const pinned = [...artefactsOf(live.current), ...(live.previous === null ? [] : artefactsOf(live.previous))]
  const kept = new Set([...newest, ...pinned])
  const all = [...manifests.values()]
  const dropped = all.filter(({ digest }) => !kept.has(digest))
  const staying = all.filter(({ digest }) => kept.has(digest))
  const named = new Set(staying.flatMap(({ assets }) => assets.map(fileId)))
  const files = new Map(
    dropped.flatMap(({ assets }) =>
      assets
        .filter((asset) => asset.hashed && !named.has(fileId(asset)))
        .map((asset) => [fileId(asset), { zone: asset.zone, key: asset.key }] as const),
    ),
  )
  const sets = [...wereLive, live.current, ...(live.previous === null ? [] : [live.previous])]
  // One version can be of several releases: the same code and settings give the same one again.
  const inUse = new Set(
    sets.flatMap(({ functions }) =>
      Object.entries(functions).flatMap(([role, { version, artefact }]) =>
        artefact === null || kept.has(artefact) ? [versionId({ role, version })] : [],
      ),
    ),
  )
  const marks = new Set(staying.map(({ digest }) => artefactMark(digest)))
  const isOld = (role: string, { version, description }: PublishedVersion) => {
    const mark = markIn(description)
    return mark !== undefined && !marks.has(mark) && !inUse.has(versionId({ role, version }))
  }
  const versions = Object.entries(published).flatMap(([role, all]) =>
    all.filter((one) => isOld(role, one)).map(({ version }) => ({ role, version })),
  )
  return {
    kept: staying.map(({ release }) => release),
    artefacts: dropped.map(({ digest, release }) => ({ digest, release })),
    gone: goneAfter(records, dropped, kept),
    orphans: folders.filter((digest) => !manifests.has(digest)),
    files: [...files.values()],
    versions,
  }
}

function goneAfter(
  records: readonly ReleaseRecord[],
  dropped: readonly Manifest[],
  kept: ReadonlySet<string>,
): readonly string[] {
  const told = new Set(records.flatMap(({ command, reason }) => (command === 'prune' ? reason.split(', ') : [])))
  const known = records.filter(
    ({ command, digest, release }) => command === 'deploy' && !kept.has(digest) && !told.has(release),
  )
  return [...new Set([...dropped, ...known].map(({ release }) => release))].sort()
}

/** Of a version that a release published. Undefined: somebody else did. */
function markIn(description: string): string | undefined {
  return /^\S+ ([0-9a-f]{12})$/.exec(description)?.[1]
}

const fileId = ({ zone, key }: { readonly zone: string; readonly key: string }) => `${zone} ${key}`
const versionId = ({ role, version }: { readonly role: string; readonly version: string }) => `${role} ${version}`
