import { secretNames } from '@sax/infra/secrets'
import { type AgreementFacts, valuesAt } from './agreement-facts.ts'
import type { AgreementReport, Disagreement } from './agreement-report.ts'
import { isLegacyPair, sameValues } from './distinct-values.ts'
import { environmentFaults } from './environment-faults.ts'
import type { Fingerprint } from './fingerprint.ts'
import { disagreementsOf, secretReport } from './secret-report.ts'

/** Whether all that read a secret read the same one, and nobody holds what they should not. */
export function agreement(facts: AgreementFacts, fingerprint: Fingerprint): AgreementReport {
  const { stage } = facts
  const secrets = secretNames.map((name) => secretReport(name, facts, fingerprint))
  const shared = sameValues(valuesAt(facts))
  const disagreements: readonly Disagreement[] = [
    ...facts.functions
      .filter(({ versions }) => versions === undefined)
      .map(({ fn }) => ({
        about: fn.functionName,
        why: 'has nothing behind its alias',
        next: `npx zones infra apply ${stage}`,
      })),
    ...secrets.flatMap((report) => disagreementsOf(report, facts)),
    ...environmentFaults(facts),
    ...shared
      .filter((pair) => !isLegacyPair(pair))
      .map(({ first, second }) => ({
        about: `${first.name} (${first.field}) and ${second.name} (${second.field})`,
        why: 'have the same value: who reads one could do what only the other allows',
        next: `npx zones secrets rotate ${stage} ${second.name}`,
      })),
  ]
  const notes = shared.some(isLegacyPair)
    ? [
        `The user context is signed with auth0's client secret, as older systems have it, so that other zones know that secret. To part them: npx zones secrets rotate ${stage} user-context`,
      ]
    : []
  return { stage, agrees: disagreements.length === 0, secrets, disagreements, notes }
}
