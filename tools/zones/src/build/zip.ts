import { zipSync } from 'fflate'
import { BuildError } from './build-error.ts'
import { codeSha256, sha256 } from './digest.ts'

/** Files of a package, by path with forward slashes. */
export type Contents = ReadonlyMap<string, Uint8Array>

export interface Zipped {
  readonly content: Uint8Array
  readonly sha256: string
  readonly codeSha256: string
  readonly bytes: number
  readonly unzippedBytes: number
  readonly files: number
}

/**
 * The earliest time that a zip can say, in whatever zone the machine is.
 * @source PKWARE, "APPNOTE.TXT", section 4.4.6
 */
const fixedTime = () => new Date(1980, 0, 1)
const UNIX = 3
/** A file that everybody may read: a function runs as another user than the one who unpacks it. */
const READABLE_FILE = 0o100644 << 16

/**
 * A package of `contents`, the same bytes for the same files wherever it is made: sorted, of one time and one mode, packed
 * by code that comes with the project instead of with the machine.
 * @throws BuildError `too-large`, naming what takes most room
 */
export function zip(name: string, contents: Contents, maxBytes: number): Zipped {
  const sorted = [...contents].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const content = zipSync(Object.fromEntries(sorted), {
    level: 9,
    mtime: fixedTime(),
    os: UNIX,
    attrs: READABLE_FILE,
  })
  if (content.length > maxBytes) throw tooLarge(name, content.length, maxBytes, sorted)
  return {
    content,
    sha256: sha256(content),
    codeSha256: codeSha256(content),
    bytes: content.length,
    unzippedBytes: sorted.reduce((sum, [, file]) => sum + file.length, 0),
    files: sorted.length,
  }
}

function tooLarge(name: string, bytes: number, maxBytes: number, files: readonly (readonly [string, Uint8Array])[]) {
  const largest = files
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, 5)
    .map(([path, { length }]) => `${path} (${kilobytes(length)})`)
  return new BuildError(
    'too-large',
    `${name} has ${kilobytes(bytes)} and may have ${kilobytes(maxBytes)}. Its largest files, unpacked: ${largest.join(', ')}.`,
  )
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024).toLocaleString('en-GB')} kB`
}
