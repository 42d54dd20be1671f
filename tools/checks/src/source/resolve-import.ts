import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { SourceTree } from './source-tree.ts'
import { type Workspace, workspaceOf } from './workspaces.ts'

const PROBED = ['', '.ts', '.tsx', '.mjs', '.js', '/index.ts', '/index.tsx']

/**
 * What an import means, as one label: a path of the tree (`packages/topology/src/index.ts`), `node:fs`, or
 * `npm:zod/v4`. A path that leads nowhere keeps its spelling, so that a rule can still match it.
 */
export function resolveImport(
  tree: SourceTree,
  all: readonly Workspace[],
  importer: string,
  specifier: string,
): string {
  if (specifier.startsWith('.')) return probe(tree, posix.join(posix.dirname(importer), specifier))
  // The one path alias that the Next applications use.
  if (specifier.startsWith('@/')) return probe(tree, posix.join(workspaceOf(all, importer), 'src', specifier.slice(2)))
  if (specifier.startsWith('node:')) return specifier
  if (isBuiltin(specifier)) return `node:${specifier}`

  const workspace = all.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`))
  if (!workspace) return `npm:${specifier}`
  const subpath = `.${specifier.slice(workspace.name.length)}`
  return posix.join(workspace.folder, exported(workspace, subpath) ?? subpath)
}

function probe(tree: SourceTree, path: string): string {
  return PROBED.map((suffix) => path + suffix).find((candidate) => tree.has(candidate)) ?? path
}

function exported({ exports }: Workspace, subpath: string): string | undefined {
  const exact = exports[subpath]
  if (exact !== undefined) return exact
  const wildcard = exports['./*']
  return wildcard?.replace('*', () => subpath.slice(2))
}
