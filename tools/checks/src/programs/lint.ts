import { posix } from 'node:path'
import { z } from 'zod'
import type { Check } from '../check.ts'
import type { RunProgram } from './run-program.ts'

const report = z.object({
  diagnostics: z.array(
    z.object({
      category: z.string().nullish(),
      severity: z.string(),
      message: z.string().nullish(),
      location: z.object({ path: z.string().nullish(), start: z.object({ line: z.number() }).nullish() }).nullish(),
    }),
  ),
})

/** Biome has nothing to say: neither about the code nor about its format. */
export function lint(node: string, run: RunProgram): Check {
  return {
    name: 'lint and format',
    run: async ({ root }) => {
      const biome = posix.join(root, 'node_modules/@biomejs/biome/bin/biome')
      const { exitCode, stdout, stderr } = await run(
        [node, biome, 'ci', '--colors=off', '--error-on-warnings', '--reporter=json', '--max-diagnostics=200', '.'],
        root,
      )
      if (exitCode === 0) return []
      const { diagnostics } = report.parse(JSON.parse(stdout))
      const findings = diagnostics
        .filter(({ severity }) => severity === 'error' || severity === 'fatal' || severity === 'warning')
        .map(({ category, message, location }) => ({
          file: location?.path ?? '',
          line: location?.start?.line ?? 0,
          why: `${category ?? 'biome'}: ${message ?? 'see biome'}`,
          fix: 'npx biome check --write, then by hand what is left',
        }))
      if (findings.length === 0) throw new Error(`biome ended with ${exitCode}: ${stderr}`)
      return findings
    },
  }
}
