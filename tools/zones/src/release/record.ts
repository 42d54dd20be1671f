import { z } from 'zod'
import { recordKey } from './bucket-keys.ts'
import { gateOverrideSchema } from './gates.ts'
import { liveSetSchema } from './live-set.ts'
import type { ReleasePorts } from './ports.ts'
import { shiftRecordSchema } from './shift.ts'
import { jsonText } from './stored-json.ts'

const stepRecord = z.strictObject({
  name: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  endedAt: z.string(),
  detail: z.string(),
  ended: z.enum(['well', 'failed']),
})

const probeRecord = z.strictObject({
  id: z.string(),
  title: z.string(),
  outcome: z.enum(['kept', 'broken', 'unseen']),
  findings: z.array(z.string()),
})

export const startsSchema = z.array(
  z.strictObject({
    role: z.string(),
    version: z.string(),
    /** ISO 8601: when the call came back that waited for it. */
    at: z.string(),
    /** Milliseconds, as the platform reports it. */
    initMs: z.number(),
  }),
)

export const recordSchema = z.strictObject({
  format: z.literal(1),
  id: z.string(),
  command: z.enum(['deploy', 'rollback', 'prune']),
  who: z.string(),
  /** What it was about: of a rollback, what it went back to. */
  release: z.string(),
  digest: z.string(),
  commit: z.string(),
  zones: z.array(z.string()),
  startedAt: z.string(),
  endedAt: z.string(),
  /** `done`: live and seen through the public names. `undone`: everything is as before. `failed`: people saw nothing of it. `stuck`: half-way. */
  outcome: z.enum(['done', 'undone', 'failed', 'stuck']),
  reason: z.string(),
  before: liveSetSchema.nullable(),
  after: liveSetSchema.nullable(),
  /** Gates that were left out, with the reasons given. */
  overrides: z.array(gateOverrideSchema),
  /** What a `deploy` planned, word for word as --dry-run prints it. */
  plan: z.unknown(),
  /** Absent: the backend's alias moved at once, or not at all. */
  shift: shiftRecordSchema.optional(),
  steps: z.array(stepRecord),
  /** Every start that the run's own calls waited for. Absent: older than that they were written down. */
  starts: startsSchema.optional(),
  probes: z.array(probeRecord),
})

/** What came of one run. */
export type ReleaseRecord = Readonly<z.output<typeof recordSchema>>
export type StepRecord = z.output<typeof stepRecord>
export type StartRecord = z.output<typeof startsSchema>[number]

/** Writes a record down; a run that is continued writes over its own. The key. */
export async function writeRecord(
  { releases }: Pick<ReleasePorts, 'releases'>,
  record: ReleaseRecord,
): Promise<string> {
  const key = recordKey(record.startedAt, record.release, record.id)
  // Nothing is written that the next command could not read.
  await releases.write(key, jsonText(recordSchema.parse(record)), { kind: 'any' })
  return key
}
