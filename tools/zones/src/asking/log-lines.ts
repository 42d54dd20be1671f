import type { CallReport, LogLine } from '@sax/probes'
import { z } from 'zod'

/** Our own line out of a line of a function's log; undefined when it is somebody else's. */
export function ownLine(text: string): LogLine | undefined {
  const outer = record(text)
  // Lambda wraps what a console wrote, and leaves alone what was written to the output as JSON.
  const fields = isOwn(outer) ? outer : within((outer as Fields | undefined)?.message)
  if (fields === undefined) return undefined
  return { service: String(fields.service), message: String(fields.message ?? ''), fields }
}

type Fields = Readonly<Record<string, unknown>>

function within(message: unknown): Fields | undefined {
  const inner = typeof message === 'string' ? record(message) : asRecord(message)
  return isOwn(inner) ? inner : undefined
}

function isOwn(fields: Fields | undefined): fields is Fields {
  return typeof fields?.service === 'string'
}

function record(text: string): Fields | undefined {
  try {
    return asRecord(JSON.parse(text))
  } catch {
    return undefined
  }
}

function asRecord(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

/** What the platform writes at the end of a call. @source AWS Lambda Developer Guide, "Lambda Telemetry API Event schema reference" (platform.report) */
const report = z.object({
  type: z.literal('platform.report'),
  record: z.object({
    status: z.enum(['success', 'error', 'failure', 'timeout']),
    metrics: z.object({ durationMs: z.number(), initDurationMs: z.number().optional() }),
  }),
})

/** The report of a call of a function that writes into the group of `role`; undefined when the line is none. */
export function reportedCall(role: string, text: string): CallReport | undefined {
  const { success, data } = report.safeParse(record(text))
  if (!success) return undefined
  const { status, metrics } = data.record
  return { role, status, durationMs: metrics.durationMs, initMs: metrics.initDurationMs }
}

/**
 * Milliseconds that the start took which the call at the end of `logTail` waited for. Undefined: it found a function that
 * ran. What the function itself wrote stands before the platform's report, so that only the last one counts.
 * @source AWS Lambda Developer Guide, "Using Lambda function logs in CloudWatch" (REPORT, Init Duration)
 */
export function startInLog(logTail: string): number | undefined {
  const lines = logTail.trimEnd().split('\n')
  const last = lines.findLast((line) => line.startsWith('REPORT RequestId:') || reportedCall('', line) !== undefined)
  if (last === undefined) return undefined
  const written = /\tInit Duration: (\d+(?:\.\d+)?) ms/.exec(last)?.[1]
  return written === undefined ? reportedCall('', last)?.initMs : Number(written)
}

/**
 * Ends that are not good. @source AWS Lambda Developer Guide, "Lambda Telemetry API Event schema reference" (platform.initRuntimeDone,
 *   platform.report: status and errorType)
 */
const badEnd = z.object({
  type: z.enum(['platform.initRuntimeDone', 'platform.report']),
  record: z.object({ status: z.enum(['error', 'failure', 'timeout']), errorType: z.string().optional() }),
})

/** A start or a call that did not end well; undefined when the line tells of none. */
export function failedEnd(text: string): { readonly phase: 'init' | 'call'; readonly errorType: string } | undefined {
  const { success, data } = badEnd.safeParse(record(text))
  if (!success) return undefined
  const { status, errorType } = data.record
  return { phase: data.type === 'platform.report' ? 'call' : 'init', errorType: errorType ?? status }
}
