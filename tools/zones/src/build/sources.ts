import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { BuildError } from './build-error.ts'

/** Sources of a release. */
export interface Sources {
  readonly root: string
  /** Files that reach the release, relative to the root, in order. */
  readonly files: readonly string[]
  /** Of the names and contents of those files. */
  readonly digest: string
  /** From the root's package.json. */
  readonly version: string
  readonly commit: string
  /** False when one of the files was changed since the commit, or nobody can say. */
  readonly committed: boolean
}

/** What a release is made of and how: applications, what they share, what packs them, and the exact third parties. */
const REACHES = [
  /^apps\//,
  /^packages\//,
  /^tools\/zones\/src\/build\//,
  /^(package|package-lock|tsconfig\.base)\.json$/,
  /^(apps|packages|tools)\/[^/]+\/package\.json$/,
  /^(infra|e2e)\/package\.json$/,
  /^LICENSE$/,
]
/** Tests, and what holds settings of one machine: the build must not see a `.env`. */
const STAYS = /\.test\.tsx?$|(^|\/)test\/|(^|\/)\.env(\.|$)|(^|\/)README\.md$/

/** The sources below `root`: what git knows there and what is new and not ignored; without git, all that is no build's own. */
export function readSources(root: string): Sources {
  const known = gitFiles(root) ?? walk(root, '')
  const files = known.filter((file) => REACHES.some((pattern) => pattern.test(file)) && !STAYS.test(file)).toSorted()
  const hash = createHash('sha256')
  for (const file of files) {
    hash.update(`${file}\0`)
    hash.update(readFileSync(join(root, file)))
    hash.update('\0')
  }
  return { root, files, digest: hash.digest('hex'), version: versionIn(root), ...commitOf(root, files) }
}

function git(root: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return status === 0 ? stdout : undefined
}

function gitFiles(root: string): readonly string[] | undefined {
  // A copy inside another repository would be read as a part of that one.
  if (!existsSync(join(root, '.git'))) return undefined
  return git(root, 'ls-files', '--cached', '--others', '--exclude-standard', '-z')
    ?.split('\0')
    .filter((file) => file !== '' && lstatSync(join(root, file), { throwIfNoEntry: false })?.isFile())
}

const MADE = ['node_modules', 'cdk.out', 'test-results', 'playwright-report', 'next-env.d.ts']

function walk(root: string, below: string): readonly string[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (MADE.includes(entry.name) || entry.name.startsWith('.') || entry.name.endsWith('.tsbuildinfo')) return []
    if (entry.isDirectory()) return walk(root, path)
    return entry.isFile() ? [path] : []
  })
}

function versionIn(root: string): string {
  try {
    const file = readFileSync(join(root, 'package.json'), 'utf8')
    return z.object({ version: z.string().regex(/^\d+\.\d+\.\d+$/) }).parse(JSON.parse(file)).version
  } catch (cause) {
    throw new BuildError('sources', 'The folder has no package.json that says a version like 1.2.3.', { cause })
  }
}

function commitOf(root: string, files: readonly string[]): Pick<Sources, 'commit' | 'committed'> {
  const commit = existsSync(join(root, '.git')) ? git(root, 'rev-parse', 'HEAD')?.trim() : undefined
  if (commit === undefined) return { commit: 'unknown', committed: false }
  const changed = git(root, 'status', '--porcelain', '--untracked-files=all', '--no-renames', '-z') ?? ''
  const touched = new Set(changed.split('\0').map((line) => line.slice(3)))
  const deleted = [...touched].some((file) => REACHES.some((pattern) => pattern.test(file)) && !STAYS.test(file))
  return { commit, committed: !deleted && !files.some((file) => touched.has(file)) }
}
