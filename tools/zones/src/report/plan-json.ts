import type { StackPlan } from '../plan/stack-plan.ts'

/** A plan for programs: `{stage, verdict, stacks}`; `verdict` is the worst of the stacks'. */
export function planJson(stage: string, plans: readonly StackPlan[]): string {
  const kinds = plans.map(({ verdict }) => verdict.kind)
  const verdict = kinds.includes('refused') ? 'refused' : kinds.includes('accepted') ? 'accepted' : 'nothing'
  return JSON.stringify({ stage, verdict, stacks: plans }, null, 2)
}
