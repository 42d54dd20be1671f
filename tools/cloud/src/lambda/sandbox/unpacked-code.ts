import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { unzip } from 'fflate'

/** The folder that the zip of a version is unpacked into; `version` tells it from all others. */
export type UnpackedCode = (version: string, zip: Buffer) => Promise<string>

/** Unpacks each version once, each into an empty folder of its own below the given one. */
export function unpackedCode(root: string): UnpackedCode {
  const folders = new Map<string, Promise<string>>()
  return (version, zip) => {
    const known = folders.get(version) ?? unpack(zip, root)
    folders.set(version, known)
    return known
  }
}

/** Modes and links are not kept: everything is a file that can be read. */
async function unpack(zip: Buffer, root: string): Promise<string> {
  const folder = await mkdtemp(join(root, 'task-'))
  const files = await new Promise<Record<string, Uint8Array>>((resolve, reject) =>
    unzip(zip, (error, found) => (error === null ? resolve(found) : reject(error))),
  )
  for (const [name, bytes] of Object.entries(files)) {
    if (name.endsWith('/')) continue
    const path = join(folder, normalize(`/${name}`))
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
  }
  return folder
}
