import type { ProbeResult } from '@sax/probes'
import type { Picture } from '../browser/navigation.ts'

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
