import type { SourceTree } from './source-tree.ts'

const MODULE = /\.(ts|tsx|mts|mjs|js|jsx|cjs)$/
const TEST = /\.(test|spec)\.(ts|tsx)$|(^|\/)(test|tests|fixtures)\//

/** Files that hold TypeScript or JavaScript, without declarations that a build writes. */
export function moduleFiles(tree: SourceTree): readonly string[] {
  return tree.files.filter((file) => MODULE.test(file) && !file.endsWith('.d.ts'))
}

/** Tests and what only tests use. */
export function isTest(file: string): boolean {
  return TEST.test(file)
}

/** What runs in a stage: the applications and the packages they are made of. */
export function isShipped(file: string): boolean {
  return /^(apps|packages)\//.test(file) && !isTest(file)
}

/** Config files of tools, which have their own rules about exports and the environment. */
export function isToolConfig(file: string): boolean {
  return /(^|\/)[a-z-]+\.config\.(ts|mts|mjs|js)$/.test(file)
}
