import type { Manifest } from '@sax/release'
import { artefactsOf, type Live } from './live-set.ts'
import type { ReleaseRecord } from './record.ts'

export interface PrunePlan {
  /** Releases that stay, the newest first. */
  readonly kept: readonly string[]
  /** Artefacts that go, with the release they are. */
  readonly artefacts: readonly { readonly digest: string; readonly release: string }[]
  /** Digests of what was never brought as a whole, or is half gone. */
  readonly orphans: readonly string[]
  /** Files that only dropped releases name. */
  readonly files: readonly { readonly zone: string; readonly key: string }[]
  /** Versions that only dropped releases were live with. */
  readonly versions: readonly { readonly role: string; readonly version: string }[]
}

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
  const gone = new Set(dropped.map(({ digest }) => digest))
  const sets = [...wereLive, live.current, ...(live.previous === null ? [] : [live.previous])]
  const versions = sets.flatMap(({ functions }) =>
    Object.entries(functions).map(([role, { version, artefact }]) => ({ role, version, artefact })),
  )
  const inUse = new Set(versions.filter(({ artefact }) => artefact === null || !gone.has(artefact)).map(versionId))
  const old = new Map(
    versions
      .filter((one) => !inUse.has(versionId(one)))
      .map((one) => [versionId(one), { role: one.role, version: one.version }] as const),
  )
  return {
    kept: staying.map(({ release }) => release),
    artefacts: dropped.map(({ digest, release }) => ({ digest, release })),
    orphans: folders.filter((digest) => !manifests.has(digest)),
    files: [...files.values()],
    versions: [...old.values()],
  }
}

const fileId = ({ zone, key }: { readonly zone: string; readonly key: string }) => `${zone} ${key}`
const versionId = ({ role, version }: { readonly role: string; readonly version: string }) => `${role} ${version}`
