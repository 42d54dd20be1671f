import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Manifest, RELEASE_FILE } from '@sax/release'
import { MANIFEST, manifestDigest, openRelease, sha256, zip } from '@sax/zones/build'
import { unzipSync } from 'fflate'

/** Files of a function's package, which may be added, replaced and removed. */
export type PackageContents = Map<string, Uint8Array>

/** How a release is made into another one. Everything else stays as it was built. */
export interface Alteration {
  /** By role of the function. */
  readonly packages?: Readonly<Record<string, (contents: PackageContents) => void>>
  readonly manifest?: (manifest: Manifest) => Manifest
}

/** Altered releases are broken on purpose: how large they become is not what they are made for. */
const MAX_BYTES = 20 * 1024 * 1024

/**
 * A release of its own made of the one in `folder`, put into `out`: with its own name in every package and with digests
 * that agree, so that nothing but the alteration tells the two apart. It is what a build would have made of broken sources.
 */
export async function alterRelease(
  folder: string,
  out: string,
  what: string,
  { packages = {}, manifest: alterManifest = (manifest) => manifest }: Alteration,
): Promise<Manifest> {
  const built = await openRelease(folder)
  const [version] = built.release.split('-')
  const sourceDigest = sha256(`${built.sourceDigest} ${what}`)
  const release = `${version}-${sourceDigest.slice(0, 12)}`
  cpSync(folder, out, { recursive: true })
  const functions = built.functions.map((fn) => {
    const contents: PackageContents = new Map(Object.entries(unzipSync(readFileSync(join(folder, fn.file)))))
    packages[fn.role]?.(contents)
    contents.set(RELEASE_FILE, Buffer.from(`${JSON.stringify({ release })}\n`))
    const { content, ...facts } = zip(fn.role, contents, MAX_BYTES)
    writeFileSync(join(out, fn.file), content)
    return { ...fn, ...facts }
  })
  const altered = alterManifest({ ...built, release, sourceDigest, functions })
  const manifest = { ...altered, digest: manifestDigest(altered) }
  writeFileSync(join(out, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
  return openRelease(out)
}
