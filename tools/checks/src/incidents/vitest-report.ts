import { z } from 'zod'
import { idsOf, type TestRun } from './test-run.ts'

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() }),
      ),
    }),
  ),
})

/** Tests for incidents in Vitest's JSON report. `root` is cut off the file names. */
export function fromVitest(json: string, root: string): readonly TestRun[] {
  return report.parse(JSON.parse(json)).testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.flatMap(({ ancestorTitles, title, status }): readonly TestRun[] => {
      const ids = idsOf([...ancestorTitles, title])
      if (ids.length === 0) return []
      const told = status === 'passed' || status === 'failed' ? status : 'not run'
      return [{ ids, name: title, file: file.replace(`${root}/`, ''), status: told }]
    }),
  )
}
