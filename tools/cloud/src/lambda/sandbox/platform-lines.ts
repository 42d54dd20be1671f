/** How an invocation ended. */
export type InvocationStatus = 'success' | 'error' | 'timeout'

/** What is reported of an invocation, in the words of Lambda's REPORT line. */
export interface Report {
  readonly requestId: string
  readonly durationMs: number
  /** Absent: the sandbox was warm. */
  readonly initMs?: number | undefined
  readonly memoryMb: number
  /** Undefined where the system does not tell. */
  readonly maxMemoryMb: number | undefined
  readonly status: InvocationStatus
  readonly errorType?: string | undefined
}

/** The lines that Lambda itself writes into a function's log. */
export interface PlatformLines {
  readonly initStart: (version: string) => readonly string[]
  readonly initFailed: (initMs: number, status: InvocationStatus, errorType: string) => readonly string[]
  readonly start: (requestId: string, version: string) => readonly string[]
  /** Absent of JSON, where the report says it. */
  readonly failed: (requestId: string, message: string) => readonly string[]
  readonly end: (report: Report) => readonly string[]
}

const RUNTIME = 'nodejs:24.laptop'

/** @source AWS Lambda Developer Guide, "Using Lambda function logs in CloudWatch" and "Understanding the Lambda execution environment lifecycle" */
const text: PlatformLines = {
  initStart: () => [`INIT_START Runtime Version: ${RUNTIME}`],
  initFailed: (initMs, status, errorType) => [
    `INIT_REPORT Init Duration: ${initMs.toFixed(2)} ms\tPhase: init\tStatus: ${status}\tError Type: ${errorType}`,
  ],
  start: (requestId, version) => [`START RequestId: ${requestId} Version: ${version}`],
  failed: (_requestId, message) => [message],
  end: (report) => [
    `END RequestId: ${report.requestId}`,
    [
      `REPORT RequestId: ${report.requestId}`,
      `Duration: ${report.durationMs.toFixed(2)} ms`,
      `Billed Duration: ${billedMs(report)} ms`,
      `Memory Size: ${report.memoryMb} MB`,
      ...(report.maxMemoryMb === undefined ? [] : [`Max Memory Used: ${Math.ceil(report.maxMemoryMb)} MB`]),
      ...(report.initMs === undefined ? [] : [`Init Duration: ${report.initMs.toFixed(2)} ms`]),
      ...(report.status === 'success' ? [] : [`Status: ${report.status}`]),
      ...(report.status === 'error' && report.errorType !== undefined ? [`Error Type: ${report.errorType}`] : []),
    ].join('\t'),
  ],
}

/** @source AWS Lambda Developer Guide, "Lambda Telemetry API Event schema reference" and "System log level event mapping" (INFO) */
const json: PlatformLines = {
  initStart: (functionVersion) => [
    event('initStart', {
      ...{ initializationType: 'on-demand', phase: 'init', runtimeVersion: RUNTIME },
      functionVersion,
    }),
  ],
  initFailed: (durationMs, status, errorType) => [
    event('initReport', {
      ...{ initializationType: 'on-demand', phase: 'init', status, errorType, metrics: { durationMs } },
    }),
  ],
  start: (requestId, version) => [event('start', { requestId, version })],
  failed: () => [],
  end: (report) => [
    ...(report.status === 'success' ? [] : [event('runtimeDone', ended(report))]),
    event('report', {
      ...ended(report),
      metrics: {
        ...{ durationMs: rounded(report.durationMs), billedDurationMs: billedMs(report) },
        memorySizeMB: report.memoryMb,
        ...(report.maxMemoryMb === undefined ? {} : { maxMemoryUsedMB: Math.ceil(report.maxMemoryMb) }),
        ...(report.initMs === undefined ? {} : { initDurationMs: rounded(report.initMs) }),
      },
    }),
  ],
}

export function platformLines(format: 'Text' | 'JSON'): PlatformLines {
  return format === 'JSON' ? json : text
}

/** Starts are billed like the rest. @source AWS Compute Blog, "AWS Lambda standardizes billing for INIT Phase" (2025) */
function billedMs({ durationMs, initMs = 0 }: Report): number {
  return Math.max(1, Math.ceil(durationMs + initMs))
}

function ended({ requestId, status, errorType }: Report) {
  return { requestId, status, ...(errorType === undefined ? {} : { errorType }) }
}

function event(type: string, record: object): string {
  return JSON.stringify({ time: new Date().toISOString(), type: `platform.${type}`, record })
}

function rounded(ms: number): number {
  return Number(ms.toFixed(3))
}
