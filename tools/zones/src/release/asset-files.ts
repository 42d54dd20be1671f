import type { ManifestAsset } from '@sax/release'
import { artefactIn, inTurns } from './artefact-store.ts'
import type { LiveSet } from './live-set.ts'
import { changedZones } from './live-set.ts'
import type { ArtefactAtHand } from './ports.ts'
import { ReleaseStop } from './release-stop.ts'
import { change, type Run } from './run.ts'
import { unhashedOf } from './unhashed.ts'

const AT_ONCE = 8

/**
 * Puts files beside those that are there: every hashed one, and those without a hash that nobody has yet. What people
 * get under a name they know stays as it is until the aliases move. Answers how many were new.
 */
export async function addAssets(run: Run, artefact: ArtefactAtHand, zones: readonly string[]): Promise<number> {
  let added = 0
  const files = artefact.manifest.assets.filter(({ zone }) => zones.includes(zone))
  await inTurns(files, AT_ONCE, async (asset) => {
    const bucket = run.ports.assets(bucketOf(run, asset.zone))
    // A look is cheaper than sending bytes that are there; the condition decides all the same.
    const there = await bucket.sha256(asset.key)
    if (there === undefined) {
      const bytes = await artefact.file(asset.file)
      const written = await change(run, () => bucket.put(asset.key, bytes, factsOf(asset), 'absent'))
      if (written === 'written') added += 1
    }
    const now = there ?? (await bucket.sha256(asset.key))
    if (asset.hashed && now !== asset.sha256) {
      throw new ReleaseStop('failed', `${asset.key} is there with another content, though its name has a hash in it.`)
    }
  })
  return added
}

/** Makes the files without a hash those of `set`, wherever they differ from `from`'s. From the artefacts that are kept. */
export async function placeUnhashed(run: Run, from: LiveSet, set: LiveSet): Promise<readonly string[]> {
  const written: string[] = []
  for (const zone of changedZones(from, set)) {
    const digest = set.assets[zone]?.artefact
    if (digest === undefined) continue
    const artefact = await artefactIn(run.ports.releases, digest)
    const bucket = run.ports.assets(bucketOf(run, zone))
    for (const asset of unhashedOf(artefact.manifest, zone)) {
      if ((await bucket.sha256(asset.key)) === asset.sha256) continue
      const bytes = await artefact.file(asset.file)
      await change(run, () => bucket.put(asset.key, bytes, factsOf(asset), 'any'))
      if ((await bucket.sha256(asset.key)) !== asset.sha256) {
        throw new ReleaseStop('failed', `${asset.key} was written and is not what was written.`)
      }
      written.push(asset.key)
    }
  }
  return written
}

function bucketOf({ layout }: Run, zone: string): string {
  const found = layout.assetBuckets.find((one) => one.zone === zone)
  if (found === undefined) throw new RangeError(`no bucket belongs to ${zone}`)
  return found.bucket
}

function factsOf({ sha256, contentType, cacheControl }: ManifestAsset) {
  return { sha256, contentType, cacheControl }
}
