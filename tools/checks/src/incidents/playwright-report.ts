import { z } from 'zod'
import { idsOf, type TestRun } from './test-run.ts'

const spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(z.object({ status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']) })),
})
const suite = z.object({
  title: z.string(),
  specs: z.array(spec).default([]),
  get suites() {
    return z.array(suite).default([])
  },
})
const report = z.object({ suites: z.array(suite) })

/** Tests for incidents in Playwright's JSON report. A test that only passed at a second try failed. */
export function fromPlaywright(json: string): readonly TestRun[] {
  return report.parse(JSON.parse(json)).suites.flatMap((one) => inside(one, []))
}

function inside(one: z.infer<typeof suite>, around: readonly string[]): readonly TestRun[] {
  const titles = [...around, one.title]
  const own = one.specs.flatMap(({ title, file, tests }): readonly TestRun[] => {
    const ids = idsOf([...titles, title])
    return ids.length === 0 ? [] : [{ ids, name: title, file, status: statusOf(tests.map(({ status }) => status)) }]
  })
  return [...own, ...one.suites.flatMap((child) => inside(child, titles))]
}

function statusOf(statuses: readonly z.infer<typeof spec>['tests'][number]['status'][]): TestRun['status'] {
  if (statuses.some((status) => status === 'unexpected' || status === 'flaky')) return 'failed'
  return statuses.some((status) => status === 'expected') ? 'passed' : 'not run'
}
