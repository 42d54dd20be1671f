import type { Finding } from '../finding.ts'
import type { LintModel } from '../model.ts'

export interface Summary {
  readonly errors: number
  readonly warnings: number
  /** What was looked at: a clean report about nothing is none. */
  readonly zones: number
  readonly distributions: number
  readonly projects: number
}

export function summaryOf(findings: readonly Finding[], model: LintModel): Summary {
  return {
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
    zones: model.zones.length,
    distributions: model.distributions.length,
    projects: model.hosts.length,
  }
}
