import type { ProbeResult } from '@sax/probes'
import type { Picture } from '../browser/navigation.ts'
import { LEFT_OUT } from '../browser/sessions.ts'
import type { Outcome } from '../outcome.ts'

export interface VerifyReport {
  readonly stage: string
  readonly routing: 'host' | 'edge'
  readonly release: string
  readonly hostUrl: string
  readonly outreachUrl: string
  readonly durationMs: number
  readonly results: readonly ProbeResult[]
  readonly pictures: readonly Picture[]
}

export interface Tally {
  readonly kept: number
  readonly broken: number
  readonly unseen: number
}

export function tally(results: readonly ProbeResult[]): Tally {
  const count = (outcome: ProbeResult['outcome']) => results.filter((result) => result.outcome === outcome).length
  return { kept: count('kept'), broken: count('broken'), unseen: count('unseen') }
}

/** The report for programs: no pictures. */
export function reportJson(report: VerifyReport): string {
  const { pictures: _, ...rest } = report
  return JSON.stringify({ ...rest, tally: tally(report.results) }, undefined, 2)
}

/**
 * What the command did: done only when every promise was seen to be kept. What could not be seen fails the run as well,
 * unless the person left that very thing out themselves.
 */
export function outcomeOf({ results }: VerifyReport, text: string): Outcome {
  const failed =
    results.length === 0 ||
    results.some(({ outcome, findings }) => outcome === 'broken' || (outcome === 'unseen' && findings[0] !== LEFT_OUT))
  return failed ? { kind: 'failed', text, reason: '' } : { kind: 'done', text }
}
