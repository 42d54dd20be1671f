import { type Manifest, manifestSchema } from '@sax/release'
import type { Bucket } from './bucket.ts'
import { artefactFileKey, manifestKey } from './bucket-keys.ts'
import type { ArtefactAtHand } from './ports.ts'
import { ReleaseStop } from './release-stop.ts'
import { jsonText, readJson } from './stored-json.ts'

/** Files that are written at a time. */
const AT_ONCE = 8

interface NamedFile {
  readonly file: string
  readonly sha256: string
}

/** Every file that a manifest names, each once. */
export function filesOf(manifest: Manifest): readonly NamedFile[] {
  const { functions, assets, privateFiles, sbom, licences } = manifest
  const all: readonly NamedFile[] = [...functions, ...assets, ...privateFiles, sbom, licences]
  return [...new Map(all.map(({ file, sha256 }) => [file, { file, sha256 }])).values()]
}

/**
 * Keeps an artefact in the bucket, the manifest last: where that is, everything is. What is there already stays.
 * @param change called around every write
 */
export async function storeArtefact(
  bucket: Bucket,
  { manifest, file }: ArtefactAtHand,
  change: <Result>(work: () => Promise<Result>) => Promise<Result>,
): Promise<number> {
  if ((await storedManifest(bucket, manifest.digest)) !== undefined) return 0
  const files = filesOf(manifest)
  await inTurns(files, AT_ONCE, async ({ file: path, sha256 }) => {
    const key = artefactFileKey(manifest.digest, path)
    const bytes = await file(path)
    await change(() => bucket.put(key, bytes, { sha256, contentType: 'application/octet-stream' }, 'absent'))
    if ((await bucket.sha256(key)) !== sha256) throw differs(key)
  })
  await change(() => bucket.write(manifestKey(manifest.digest), jsonText(manifest), { kind: 'absent' }))
  return files.length
}

/** The manifest of an artefact that lies in the bucket as a whole. */
export async function storedManifest(bucket: Bucket, digest: string): Promise<Manifest | undefined> {
  return (await readJson(bucket, manifestKey(digest), manifestSchema))?.value
}

/** An artefact that is kept in a bucket. @throws ReleaseStop when it is not, or not as it was */
export async function artefactIn(bucket: Bucket, digest: string): Promise<ArtefactAtHand> {
  const manifest = await storedManifest(bucket, digest)
  if (manifest === undefined) {
    throw new ReleaseStop(
      'refused',
      `The artefact ${digest.slice(0, 12)} is not kept in the bucket of releases. See: docs/runbooks/restore.md`,
    )
  }
  const digests = new Map(filesOf(manifest).map(({ file, sha256 }) => [file, sha256]))
  return {
    manifest,
    file: async (path) => {
      const key = artefactFileKey(digest, path)
      const bytes = await bucket.file(key)
      if (bytes === undefined || (await bucket.sha256(key)) !== digests.get(path)) throw differs(key)
      return bytes
    },
  }
}

/** Runs `work` for each, a few at a time. The first failure lets those under way end, and no other begin. */
export async function inTurns<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items]
  let failed = false
  const worker = async () => {
    for (let item = left.shift(); item !== undefined && !failed; item = left.shift()) {
      await work(item).catch((error: unknown) => {
        failed = true
        throw error
      })
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

function differs(key: string): ReleaseStop {
  return new ReleaseStop('failed', `${key} in the bucket of releases is not what its manifest says.`)
}
