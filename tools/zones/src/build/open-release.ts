import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Manifest, manifestSchema } from '@sax/release'
import { BuildError } from './build-error.ts'
import { codeSha256, sha256 } from './digest.ts'
import { manifestDigest } from './manifest-digest.ts'

export const MANIFEST = 'manifest.json'

/**
 * The manifest of a release, after every file of it has been read and found to be the one that was built.
 * @throws BuildError `folder` when it is no release, `altered` naming the first file that is missing or another
 */
export async function openRelease(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder)
  if (manifestDigest(manifest) !== manifest.digest) throw altered(MANIFEST)
  const { functions, assets, privateFiles, sbom, licences } = manifest
  for (const { file, sha256: expected } of [...functions, ...assets, ...privateFiles, sbom, licences]) {
    const path = join(folder, file)
    if (!existsSync(path) || sha256(readFileSync(path)) !== expected) throw altered(file)
  }
  for (const { file, codeSha256: expected } of functions) {
    if (codeSha256(readFileSync(join(folder, file))) !== expected) throw altered(file)
  }
  return manifest
}

function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST)
  if (!existsSync(path)) throw new BuildError('folder', `${folder} holds no release: there is no ${MANIFEST}.`)
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new BuildError('folder', `${path} is not the manifest of a release that this version knows.`, { cause })
  }
}

function altered(file: string): BuildError {
  return new BuildError('altered', `${file} is not the file that was built. Build the release again.`)
}
