import type { Check, Finding } from '../check.ts'
import { moduleFiles } from '../source/file-kinds.ts'
import { resolveImport } from '../source/resolve-import.ts'
import type { SourceTree } from '../source/source-tree.ts'
import { workspaces } from '../source/workspaces.ts'

/** No file needs itself, however long the way round. Types count: a cycle of types is one idea in two files. */
export const importCycles: Check = {
  name: 'import cycles',
  run: (tree) => {
    const graph = importGraph(tree)
    const state = new Map<string, 'open' | 'closed'>()
    const path: string[] = []
    const findings: Finding[] = []

    const visit = (file: string): void => {
      state.set(file, 'open')
      path.push(file)
      for (const { to, line } of graph.get(file) ?? []) {
        if (state.get(to) === 'open') findings.push(cycle(path.slice(path.indexOf(to)), file, line))
        else if (!state.has(to)) visit(to)
      }
      path.pop()
      state.set(file, 'closed')
    }
    for (const file of graph.keys()) if (!state.has(file)) visit(file)
    return findings
  },
}

interface Edge {
  readonly to: string
  readonly line: number
}

function importGraph(tree: SourceTree): ReadonlyMap<string, readonly Edge[]> {
  const all = workspaces(tree)
  const files = new Set(moduleFiles(tree))
  const edgesOf = (file: string) =>
    tree
      .module(file)
      .imports.map(({ specifier, line }) => ({ to: resolveImport(tree, all, file, specifier), line }))
      .filter(({ to }) => files.has(to))
  return new Map([...files].map((file) => [file, edgesOf(file)]))
}

function cycle(files: readonly string[], file: string, line: number): Finding {
  return {
    file,
    line,
    why: `imports go in a circle: ${[...files, files[0]].join(' -> ')}`,
    fix: 'move what both sides need into a file of its own',
  }
}
