import { type AssumptionName, assumptions } from './assumptions.ts'
import { type CostReport, notIncluded } from './cost-report.ts'

/** The estimate for programs: every line with its price and where that comes from. */
export function costJson({ groups, assumed, changed, budgetUsd, ...report }: CostReport): string {
  const names = Object.keys(assumptions) as AssumptionName[]
  return JSON.stringify(
    {
      ...report,
      ...(budgetUsd === undefined ? {} : { budgetUsd, overBudget: report.usd > budgetUsd }),
      groups,
      assumptions: names.map((name) => ({
        name,
        value: assumed[name],
        unit: assumptions[name].unit,
        what: assumptions[name].what,
        given: changed.has(name),
      })),
      notIncluded,
    },
    null,
    2,
  )
}
