import type { ProbeResult } from '@sax/probes'
import type { Picture } from '../browser/navigation.ts'
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
 * unless the person left it out themselves.
 */
export function outcomeOf({ results }: VerifyReport, text: string, leftOut: boolean): Outcome {
  const { broken, unseen } = tally(results)
  const failed = broken > 0 || (unseen > 0 && !leftOut) || results.length === 0
  return failed ? { kind: 'failed', text, reason: '' } : { kind: 'done', text }
}
