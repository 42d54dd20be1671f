import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const SKIPPED_FOLDERS = ['node_modules', '.next', '.local', '.open-next', 'cdk.out', 'test', 'test-results']

/** A file that does not reach the build: tests, and what the build itself writes. */
const SKIPPED_FILES = /\.test\.tsx?$|\.tsbuildinfo$|^next-env\.d\.ts$|^\./

/** Digest of all sources below `roots` (folders or files), by name and content. Two machines with the same sources agree. */
export function sourceHash(base: string, roots: readonly string[]): string {
  const hash = createHash('sha256')
  for (const root of roots) {
    for (const path of filesBelow(join(base, root))) {
      hash.update(`${relative(base, path).split(sep).join('/')}\0`)
      hash.update(readFileSync(path))
      hash.update('\0')
    }
  }
  return hash.digest('hex')
}

function filesBelow(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const inside = join(path, entry.name)
        if (entry.isDirectory()) return SKIPPED_FOLDERS.includes(entry.name) ? [] : filesBelow(inside)
        return entry.isFile() && !SKIPPED_FILES.test(entry.name) ? [inside] : []
      })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return [path]
    throw error
  }
}
