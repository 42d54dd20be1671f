import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { BuildError } from './build-error.ts'
import type { Sources } from './sources.ts'

/**
 * A folder in which a release is built: a copy of its sources alone, with the packages that are installed. Nothing that
 * lies about in the checkout, a `.env` or half a build, can get into a release, and a running `npm start` keeps its own
 * builds.
 * @param installed checkout whose packages are used where the sources bring none
 */
export function prepareWorkspace(sources: Sources, folder: string, installed: string): void {
  const own = existsSync(join(sources.root, 'node_modules'))
  if (!own && !sameFile(sources.root, installed, 'package-lock.json')) {
    throw new BuildError(
      'sources',
      'The sources want other packages than those installed here: install theirs beside them.',
    )
  }
  for (const file of sources.files) {
    const copy = join(folder, file)
    mkdirSync(dirname(copy), { recursive: true })
    copyFileSync(join(sources.root, file), copy)
  }
  const packages = own ? sources.root : installed
  linkTree(join(packages, 'node_modules'), join(folder, 'node_modules'))
  for (const group of ['apps', 'packages', 'tools']) {
    for (const workspace of existsSync(join(folder, group)) ? readdirSync(join(folder, group)) : []) {
      const inner = join(packages, group, workspace, 'node_modules')
      if (existsSync(inner)) linkTree(inner, join(folder, group, workspace, 'node_modules'))
    }
  }
}

/** The same files a second time: tens of thousands of them, so as second names where the disk allows it. */
function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.name === '.cache') continue
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else if (entry.isDirectory()) linkTree(source, target)
    else if (entry.isFile()) linkFile(source, target)
  }
}

function linkFile(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch {
    // Another disk, or a file system without second names.
    copyFileSync(source, target)
  }
}

function sameFile(a: string, b: string, name: string): boolean {
  return existsSync(join(a, name)) && readFileSync(join(a, name)).equals(readFileSync(join(b, name)))
}
