import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { BuildError } from './build-error.ts'

/** A package of somebody else that is inside a release. */
export interface PackageInside {
  readonly name: string
  readonly version: string
  /** SPDX expression, as the lock file says it. */
  readonly license: string | undefined
  /** Subresource integrity of what was installed. */
  readonly integrity: string | undefined
  /** Folder relative to the root. */
  readonly folder: string
}

const names = z.record(z.string(), z.string())
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      link: z.boolean().optional(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      dependencies: names.optional(),
      optionalDependencies: names.optional(),
    }),
  ),
})

/**
 * Third-party packages that the applications can reach when they run, by the lock file: what a bundler drops of them is
 * in here as well. In order of name and version.
 */
export function packagesInside(root: string, workspaces: readonly string[]): readonly PackageInside[] {
  const { packages } = lockFile.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  const seen = new Set<string>()
  const inside = new Map<string, PackageInside>()

  const visit = (folder: string): void => {
    if (seen.has(folder)) return
    seen.add(folder)
    const entry = packages[folder]
    if (entry === undefined)
      throw new BuildError('sources', `package-lock.json does not know ${folder}. Run npm install.`)
    if (entry.link === true) {
      visit(entry.resolved ?? '')
      return
    }
    const at = folder.lastIndexOf('node_modules/')
    if (at !== -1 && entry.version !== undefined) {
      const name = folder.slice(at + 'node_modules/'.length)
      const { version, license, integrity } = entry
      inside.set(`${name}@${version}`, { name, version, license, integrity, folder })
    }
    for (const name of Object.keys(entry.dependencies ?? {})) visit(found(folder, name, true) ?? '')
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      const optional = found(folder, name, false)
      if (optional !== undefined) visit(optional)
    }
  }
  /** As Node looks for it: beside the one who asks, then further up. */
  const found = (from: string, name: string, needed: boolean): string | undefined => {
    for (let at = from; ; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '') {
      const candidate = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
      if (packages[candidate] !== undefined) return candidate
      if (at === '') break
    }
    if (needed) throw new BuildError('sources', `package-lock.json does not know ${name}. Run npm install.`)
    return undefined
  }

  for (const workspace of workspaces) visit(workspace)
  return [...inside.values()].toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

const key = ({ name, version }: PackageInside) => `${name}@${version}`
