import { posix } from 'node:path'
import type { Check, Finding } from '../check.ts'
import { isTest, moduleFiles } from '../source/file-kinds.ts'
import { resolveImport } from '../source/resolve-import.ts'
import { workspaceOf, workspaces } from '../source/workspaces.ts'
import { type ImportRule, importRules } from './import-rules.ts'

/** Imports go one way: applications, tools and tests -> packages -> third parties. */
export const importTable: Check = {
  name: 'import table',
  run: (tree) => {
    const all = workspaces(tree)
    return moduleFiles(tree).flatMap((file) =>
      tree.module(file).imports.flatMap(({ specifier, line }): readonly Finding[] => {
        const target = resolveImport(tree, all, file, specifier)
        const inside = workspaceOf(all, file) !== '' && workspaceOf(all, file) === workspaceOf(all, target)
        const broken = importRules.find((rule) => binds(rule, file, inside) && matches(rule.to, target))
        return broken ? [{ file, line, why: `imports ${specifier}: ${broken.why}`, fix: broken.fix }] : []
      }),
    )
  },
}

function binds(rule: ImportRule, file: string, insideOneWorkspace: boolean): boolean {
  if (insideOneWorkspace && !rule.everywhere) return false
  if (isTest(file) && !rule.testsToo) return false
  return matches(rule.from, file) && !matches(rule.except ?? [], file)
}

function matches(globs: readonly string[], path: string): boolean {
  return globs.some((glob) => posix.matchesGlob(path, glob))
}
