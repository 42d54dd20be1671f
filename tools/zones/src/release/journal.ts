import { z } from 'zod'
import type { Bucket } from './bucket.ts'
import { WORK_KEY } from './bucket-keys.ts'
import { gateOverrideSchema } from './gates.ts'
import { liveSchema, liveSetSchema } from './live-set.ts'
import { startsSchema } from './record.ts'
import { ReleaseStop } from './release-stop.ts'
import { shiftRecordSchema, shiftSchema } from './shift.ts'
import { jsonText, readJson } from './stored-json.ts'

const begun = {
  format: z.literal(1),
  run: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  person: z.string(),
  command: z.enum(['deploy', 'rollback']),
  release: z.string(),
  /** Digest of the artefact; of a rollback the one it goes back to, as far as it is one. */
  artefact: z.string(),
  zones: z.array(z.string()),
  commit: z.string(),
  overrides: z.array(gateOverrideSchema),
  /** Of a deploy, word for word. */
  plan: z.unknown(),
}

const switching = {
  ...begun,
  before: liveSetSchema,
  after: liveSetSchema,
  /** `live.json` as it was, to be put back word for word. Null: there was none. */
  liveBefore: liveSchema.nullable(),
  /** Roles, in the order their aliases are moved. */
  order: z.array(z.string()),
  /** What the new backend gets before its alias moves. Absent: nothing. */
  shift: shiftSchema.optional(),
  /** Of a shift that is over. */
  shifted: shiftRecordSchema.optional(),
  /** How long versions took to start before people came to them. Absent: not written down. */
  starts: startsSchema.optional(),
}

const workSchema = z.discriminatedUnion('state', [
  z.strictObject({ format: z.literal(1), state: z.literal('none') }),
  /** Nothing that people reach was touched. */
  z.strictObject({ state: z.literal('preparing'), ...begun }),
  /** On the way from `before` to `after`. */
  z.strictObject({ state: z.literal('switching'), ...switching }),
  /** On the way back. */
  z.strictObject({ state: z.literal('undoing'), ...switching, because: z.string() }),
])

/** What a run is at, written before it is: `work.json`. */
export type Work = Readonly<z.output<typeof workSchema>>
export type Switching = Work & { readonly state: 'switching' | 'undoing' }
export type Begun = Exclude<Work, { readonly state: 'none' }>

/** The journal of a stage. Written under a condition each time: whoever was overtaken writes nothing more. */
export interface Journal {
  readonly found: Work
  /** @throws ReleaseStop `lock_lost` when somebody else wrote */
  readonly write: (work: Work) => Promise<void>
}

export async function openJournal(bucket: Bucket): Promise<Journal> {
  const stored = await readJson(bucket, WORK_KEY, workSchema)
  let etag = stored?.etag
  return {
    found: stored?.value ?? { format: 1, state: 'none' },
    write: async (work) => {
      const written = await bucket.write(
        WORK_KEY,
        jsonText(work),
        etag === undefined ? { kind: 'absent' } : { kind: 'unchanged', etag },
      )
      if (written.kind === 'overtaken') {
        throw new ReleaseStop(
          'lock_lost',
          'Somebody else has begun to work on this stage. This run changes nothing more.',
        )
      }
      etag = written.etag
    },
  }
}
