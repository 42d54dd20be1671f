import { posix } from 'node:path'
import { z } from 'zod'
import type { Check, Finding } from '../check.ts'
import type { RunProgram } from './run-program.ts'

const place = z.object({ name: z.string(), line: z.number().optional() })
const places = z.array(place).default([])
const report = z.object({
  issues: z.array(
    z.object({
      file: z.string(),
      files: places,
      exports: places,
      types: places,
      dependencies: places,
      devDependencies: places,
      unlisted: places,
      unresolved: places,
      duplicates: z.array(z.array(place)).default([]),
    }),
  ),
})
type Issue = z.infer<typeof report>['issues'][number]

/** Every file, export and dependency is used by something: dead code is where fixes go to be lost. */
export function unused(node: string, run: RunProgram): Check {
  return {
    name: 'unused code',
    run: async ({ root }) => {
      const knip = posix.join(root, 'node_modules/knip/bin/knip.js')
      const { exitCode, stdout, stderr } = await run([node, knip, '--reporter', 'json', '--no-progress'], root)
      const start = stdout.indexOf('{')
      if (exitCode > 1 || start === -1) throw new Error(`knip ended with ${exitCode}: ${stderr || stdout}`)
      return report.parse(JSON.parse(stdout.slice(start))).issues.flatMap(findings)
    },
  }
}

function findings(issue: Issue): readonly Finding[] {
  const { file } = issue
  const each = (list: readonly z.infer<typeof place>[], why: (name: string) => string, fix: string) =>
    list.map(({ name, line = 0 }) => ({ file, line, why: why(name), fix }))
  return [
    ...each(issue.files, () => 'no other file uses this one', 'use it or delete it'),
    ...each(issue.exports, (name) => `nobody imports "${name}"`, 'take the export away, or the whole thing'),
    ...each(issue.types, (name) => `nobody imports the type "${name}"`, 'take the export away, or the whole type'),
    ...each(issue.duplicates.flat(), (name) => `"${name}" is exported twice`, 'keep one name'),
    ...each(
      [...issue.dependencies, ...issue.devDependencies],
      (name) => `the dependency ${name} is not used`,
      'take it out of package.json',
    ),
    ...each(issue.unlisted, (name) => `uses ${name}, which its package.json does not list`, 'list it with its version'),
    ...each(issue.unresolved, (name) => `imports ${name}, which does not exist`, 'correct the import'),
  ]
}
