import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Every file below a folder by its path, with forward slashes. What is linked to is read in the link's place: a package
 * cannot hold a link to something outside it.
 */
export function readFolder(folder: string): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  collect(folder, '', files, [])
  return files
}

function collect(folder: string, below: string, files: Map<string, Uint8Array>, parents: readonly string[]): void {
  const real = realpathSync(folder)
  if (parents.includes(real)) throw new Error(`${below} links to a folder that it lies in`)
  for (const name of readdirSync(folder).toSorted()) {
    const path = join(folder, name)
    const key = below === '' ? name : `${below}/${name}`
    if (statSync(path).isDirectory()) collect(path, key, files, [...parents, real])
    else files.set(key, readFileSync(path))
  }
}
