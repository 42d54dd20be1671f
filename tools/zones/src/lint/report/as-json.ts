import { type Finding, ruleBook } from '../finding.ts'
import type { Summary } from './summary.ts'

/** `{findings, summary}`; each finding also says which incidents and corrections its rule is about. */
export function asJson(findings: readonly Finding[], summary: Summary): string {
  const full = findings.map((finding) => ({ ...finding, ids: ruleBook[finding.rule].ids }))
  return JSON.stringify({ findings: full, summary }, null, 2)
}
