import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RELEASE_FILE, readReleaseFile } from '@sax/release'

/** Which release a function's package says it is. */
export function releaseIn(folder: string): string {
  // The bundler must not look for the file: it is written when the function is packed.
  const file = join(/* turbopackIgnore: true */ folder, RELEASE_FILE)
  return readReleaseFile(readFileSync(file, 'utf8'))
}
