import { routingOf } from '@sax/infra/account-facts'
import { planFromTemplates } from '../plan/template-plan.ts'
import { planTable } from '../report/plan-table.ts'
import { baselinePath } from './baseline.ts'
import type { InfraCheckPorts } from './check-ports.ts'
import type { Judgement } from './judgement.ts'

/**
 * What the templates would change of the committed baselines. In a stage with facts of its own the baseline is what was
 * applied last, and the templates may be ahead of it as far as the gate allows. In the others it is the example account's,
 * and stands for what is on the main branch: it goes along with every change, so that a review sees it.
 */
export function judgeBaselines(ports: InfraCheckPorts): Judgement {
  const findings: string[] = []
  let ahead = 0
  let compared = 0
  for (const stage of ports.stages) {
    const file = ports.facts(stage)
    const isExample = file.kind !== 'facts'
    const facts = isExample ? ports.exampleFacts(stage) : file.facts
    for (const { part, stackName, template } of ports.templates(stage, facts, routingOf(stage, facts))) {
      const known = ports.baseline(stage, part)
      if (known === undefined || known.accountId !== facts.accountId) {
        // Nothing was ever applied in that account; there is nothing to spoil.
        if (isExample) findings.push(`${baselinePath(stage, part)} is missing. Write it: npx zones infra baseline`)
        continue
      }
      compared += 1
      const plan = planFromTemplates(stackName, known.template, template)
      if (plan.verdict.kind === 'refused') findings.push(planTable([plan], ports.palette))
      if (plan.verdict.kind === 'accepted') {
        ahead += 1
        if (isExample)
          findings.push(
            `${planTable([plan], ports.palette)}\n${baselinePath(stage, part)} is behind. Bring it along: npx zones infra baseline`,
          )
      }
    }
  }
  return {
    kind: findings.length === 0 ? 'good' : 'bad',
    says:
      findings.length > 0
        ? `${findings.length} to look at`
        : `${compared} stacks, ${ahead} with changes, none removes or replaces`,
    findings,
  }
}
