import { posix } from 'node:path'
import type { Check, Finding } from '../check.ts'
import type { SourceTree } from '../source/source-tree.ts'
import type { RunProgram } from './run-program.ts'

const DIAGNOSTIC = /^(.+?)\((\d+),\d+\): error (TS\d+: .*)$/

/** Every TypeScript project of the tree compiles. A Next application's route types are made anew first. */
export function types(node: string, run: RunProgram): Check {
  const bin = (tree: SourceTree, name: string) => posix.join(tree.root, 'node_modules', name)
  const compile = async (tree: SourceTree, project: string): Promise<readonly Finding[]> => {
    const folder = posix.dirname(project)
    if (tree.has(posix.join(folder, 'next.config.ts'))) {
      const generated = await run([node, bin(tree, 'next/dist/bin/next'), 'typegen'], posix.join(tree.root, folder))
      if (generated.exitCode !== 0)
        throw new Error(`next typegen in ${folder}: ${generated.stderr || generated.stdout}`)
    }
    const compiled = await run([node, bin(tree, 'typescript/bin/tsc'), '--pretty', 'false', '-p', project], tree.root)
    return diagnostics(compiled.stdout, compiled.exitCode, project)
  }
  return {
    name: 'types',
    run: async (tree) => {
      const projects = tree.files.filter((file) => /(^|\/)tsconfig\.json$/.test(file))
      return (await Promise.all(projects.map((project) => compile(tree, project)))).flat()
    },
  }
}

function diagnostics(stdout: string, exitCode: number, project: string): readonly Finding[] {
  const found = stdout.split('\n').flatMap((text) => {
    const [, file, line, why] = DIAGNOSTIC.exec(text) ?? []
    return file && why ? [{ file, line: Number(line), why, fix: 'make the types agree' }] : []
  })
  if (found.length === 0 && exitCode !== 0) throw new Error(`tsc -p ${project} ended with ${exitCode}: ${stdout}`)
  return found
}
