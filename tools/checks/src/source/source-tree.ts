import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ParsedModule, parseModule } from './parse-module.ts'

/** The repository's own files: tracked or about to be, never ignored ones. */
export interface SourceTree {
  /** Absolute path of the repository, no trailing slash. */
  readonly root: string
  /** Paths from the root, with forward slashes, sorted. */
  readonly files: readonly string[]
  has(file: string): boolean
  text(file: string): string
  /** The parsed TypeScript or JavaScript file, parsed once. */
  module(file: string): ParsedModule
}

/** The files of the checkout at `root`. */
export function gitTree(root: string): SourceTree {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  // A file deleted but not yet committed is still listed.
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)))
  return treeOf(root, files, (file) => readFileSync(join(root, file), 'utf8'))
}

/** A tree that exists only as strings. */
export function stringTree(files: Readonly<Record<string, string>>): SourceTree {
  return treeOf('/repository', Object.keys(files), (file) => {
    const text = files[file]
    if (text === undefined) throw new RangeError(`no such file in the tree: ${file}`)
    return text
  })
}

function treeOf(root: string, files: readonly string[], read: (file: string) => string): SourceTree {
  const texts = new Map<string, string>()
  const modules = new Map<string, ParsedModule>()
  const known = new Set(files)
  const text = (file: string) => remember(texts, file, () => read(file))
  return {
    root,
    files: [...files].sort(),
    has: (file) => known.has(file),
    text,
    module: (file) => remember(modules, file, () => parseModule(file, text(file))),
  }
}

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make()
  known.set(key, made)
  return made
}
