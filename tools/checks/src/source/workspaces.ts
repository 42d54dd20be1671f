import { posix } from 'node:path'
import { z } from 'zod'
import type { SourceTree } from './source-tree.ts'

export interface Workspace {
  /** `packages/topology` */
  readonly folder: string
  /** `@sax/topology` */
  readonly name: string
  /** Subpath (`.`, `./mint`, `./*`) -> file pattern below the folder (`./src/mint.ts`). */
  readonly exports: Readonly<Record<string, string>>
}

const manifest = z.object({ name: z.string(), exports: z.record(z.string(), z.string()).default({}) })

/** The workspaces of the tree: every folder below the root that holds a package.json. */
export function workspaces(tree: SourceTree): readonly Workspace[] {
  return tree.files
    .filter((file) => /^(?!node_modules\/).+\/package\.json$/.test(file))
    .map((file) => ({ folder: posix.dirname(file), ...manifest.parse(JSON.parse(tree.text(file))) }))
}

/** The workspace folder that holds `file`; empty for files of the root. */
export function workspaceOf(all: readonly Workspace[], file: string): string {
  return all.find(({ folder }) => file.startsWith(`${folder}/`))?.folder ?? ''
}
