import type { CallReport, LogLine } from '@sax/probes'
import type { LogEvents } from '../aws/log-events.ts'
import { liveWriters, type RoleGroup } from './live-streams.ts'
import { failedEnd, ownLine, reportedCall } from './log-lines.ts'

export interface StageLogPorts {
  readonly events: LogEvents
  readonly groups: readonly RoleGroup[]
  /** Versions that people reach, by name of the function. @throws AwsFailure */
  readonly liveVersions: () => Promise<ReadonlyMap<string, readonly string[]>>
  /** Rejects once nobody needs what is waited for. */
  readonly wait: (ms: number) => Promise<unknown>
  readonly everyMs: number
  /** Milliseconds since 1970. */
  readonly wallMs: () => number
}

/** Lines reach CloudWatch seconds after they were written. @source Amazon CloudWatch Logs names no bound; seldom above ten seconds */
const PATIENCE_MS = 60_000

/** How long before now a request may have been made, and by how much clocks may differ. */
const LOOK_BACK_MS = 5 * 60_000

/**
 * The lines of all hops under one request id, in the order of time. Waits until each of `services` has written its
 * `request` line, a minute at most: whatever is missing then is missing. @throws AwsFailure
 */
export async function linesUnder(
  requestId: string,
  services: readonly string[],
  { events, groups, wait, everyMs, wallMs }: StageLogPorts,
): Promise<readonly LogLine[]> {
  const startedMs = wallMs()
  for (;;) {
    const texts = await Promise.all(
      groups.map(async ({ group }) => (await events.holding(group, requestId, startedMs - LOOK_BACK_MS)) ?? []),
    )
    const lines = texts
      .flat()
      .flatMap(({ text }) => ownLine(text) ?? [])
      .filter((line) => line.fields.requestId === requestId)
      .toSorted((a, b) => String(a.fields.time).localeCompare(String(b.fields.time)))
    const awaited = services.filter(
      (service) => !lines.some((line) => line.service === service && line.message === 'request'),
    )
    if (awaited.length === 0 || wallMs() - startedMs > PATIENCE_MS) return lines
    await wait(everyMs)
  }
}

/**
 * What the platform reported of the calls of the last `sinceSec` seconds, by function. Only versions that people reach
 * count: what failed in a version that was tried and stopped has failed nobody. @throws AwsFailure
 */
export async function reportedCalls(
  sinceSec: number,
  { events, groups, wallMs, liveVersions }: Pick<StageLogPorts, 'events' | 'groups' | 'wallMs' | 'liveVersions'>,
): Promise<readonly CallReport[]> {
  const sinceMs = wallMs() - sinceSec * 1000
  const writerOf = liveWriters(await liveVersions())
  const perGroup = await Promise.all(
    groups.map(async (one) =>
      ((await events.holding(one.group, 'platform.report', sinceMs)) ?? []).flatMap(({ text, stream }) => {
        const role = writerOf(one, stream)
        return role === undefined ? [] : (reportedCall(role, text) ?? [])
      }),
    ),
  )
  return perGroup.flat()
}

/** Starts and calls of the last `sinceSec` seconds that did not end well. @throws AwsFailure */
export async function failedEnds(
  sinceSec: number,
  { events, groups, wallMs }: Pick<StageLogPorts, 'events' | 'groups' | 'wallMs'>,
): Promise<readonly { readonly role: string; readonly phase: 'init' | 'call'; readonly errorType: string }[]> {
  const sinceMs = wallMs() - sinceSec * 1000
  const asked = groups.flatMap(({ role, group }) =>
    ['platform.initRuntimeDone', 'platform.report'].map(async (phrase) =>
      ((await events.holding(group, phrase, sinceMs)) ?? []).flatMap(({ text }) => {
        const end = failedEnd(text)
        return end === undefined ? [] : [{ role, ...end }]
      }),
    ),
  )
  return (await Promise.all(asked)).flat()
}
