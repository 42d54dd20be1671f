import { z } from 'zod'
import type { Bucket } from './bucket.ts'
import { LOCK_KEY } from './bucket-keys.ts'
import { ReleaseStop } from './release-stop.ts'
import { jsonText, readJson, type StoredJson } from './stored-json.ts'

const lockSchema = z.discriminatedUnion('state', [
  z.strictObject({
    format: z.literal(1),
    state: z.literal('held'),
    run: z.string(),
    person: z.string(),
    command: z.string(),
    /** ISO 8601, by the clock of whoever holds it: for people. */
    since: z.string(),
    /** It ends so long after it was last written, by the store's clock. */
    ttlSec: z.int().positive(),
    /**
     * One more with each renewal. A store may name a version after its bytes, and a renewal has to be another version.
     * @source Amazon S3 API Reference, "Object" (ETag is an MD5 digest of the data, or not, depending on encryption)
     */
    renewal: z.int().nonnegative(),
  }),
  z.strictObject({ format: z.literal(1), state: z.literal('free') }),
])

type Lock = z.output<typeof lockSchema>
type Held = Lock & { readonly state: 'held' }

export interface LockOwner {
  readonly run: string
  readonly person: string
  readonly command: string
}

export interface LockPorts {
  readonly bucket: Bucket
  /** Monotonic. */
  readonly elapsedMs: () => number
  readonly now: () => Date
  readonly wait: (ms: number) => Promise<void>
  /** Repeats `work` until the returned function is called. */
  readonly repeat: (everyMs: number, work: () => Promise<void>) => () => void
}

/** A run whose lock ran out. */
export type Died = Pick<Held, 'person' | 'command' | 'since'>

/** A lock that this run has. */
export interface HeldLock {
  /** Whose expired lock it was; undefined: it was free. */
  readonly tookOverFrom: Died | undefined
  /** To be called before every change. @throws ReleaseStop `lock_lost` */
  readonly check: () => Promise<void>
  readonly release: () => Promise<void>
  /** Stops renewing and leaves it to expire. */
  readonly abandon: () => void
}

export type Acquired =
  | { readonly kind: 'held'; readonly lock: HeldLock }
  | { readonly kind: 'taken'; readonly reason: string }

/** So many milliseconds pass between two looks at somebody's lock. */
const LOOK_MS = 1000

/**
 * Both of the store's times have whole seconds and are rounded down: of the time between them up to this much less has passed.
 * @source RFC 9110, section 5.6.7 (HTTP-date)
 */
const ROUNDED_MS = 1000

/**
 * Takes a stage's lock. One that is somebody's is watched: as long as it is renewed it is theirs, and the answer says
 * whose; one that nobody renews is taken over when its time is up, and not before.
 * @param onWait told while it is watched: whose it is and for how many more seconds
 */
export async function acquireLock(
  ports: LockPorts,
  owner: LockOwner,
  ttlSec: number,
  onWait: (text: string) => void,
): Promise<Acquired> {
  const mine: Held = { format: 1, state: 'held', ...owner, since: ports.now().toISOString(), ttlSec, renewal: 0 }
  let watched: StoredJson<Lock> | undefined
  for (;;) {
    const stored = await readJson(ports.bucket, LOCK_KEY, lockSchema)
    // Who renews it or gives it back is there: what they did is looked at before anything is done after it.
    if (watched !== undefined && watched.etag !== stored?.etag)
      return { kind: 'taken', reason: aliveSentence(watched, stored) }
    if (stored?.value.state === 'held' && leftMs(stored) > 0) {
      watched = stored
      const { person, command } = stored.value
      onWait(
        `${person} has it for ${command}; waiting ${Math.ceil(leftMs(stored) / 1000)} s to see whether they are still there`,
      )
      await ports.wait(Math.min(LOOK_MS, Math.max(leftMs(stored), 1)))
      continue
    }
    const written = await ports.bucket.write(
      LOCK_KEY,
      jsonText(mine),
      stored === undefined ? { kind: 'absent' } : { kind: 'unchanged', etag: stored.etag },
    )
    // Somebody was faster: what they wrote is looked at like any other's.
    if (written.kind === 'overtaken') {
      watched = undefined
      continue
    }
    const tookOverFrom = stored?.value.state === 'held' ? stored.value : undefined
    return { kind: 'held', lock: keep(ports, mine, written.etag, tookOverFrom) }
  }
}

function keep(ports: LockPorts, mine: Held, first: string, tookOverFrom: Died | undefined): HeldLock {
  const ttlMs = mine.ttlSec * 1000
  let etag = first
  let renewal = 0
  let renewedMs = ports.elapsedMs()
  let lost: ReleaseStop | undefined
  let renewing: Promise<void> | undefined
  const renew = (): Promise<void> => {
    // Two at once would take each other for somebody else.
    renewing ??= once().finally(() => {
      renewing = undefined
    })
    return renewing
  }
  const once = async () => {
    const askedMs = ports.elapsedMs()
    renewal += 1
    const written = await ports.bucket.write(LOCK_KEY, jsonText({ ...mine, renewal }), { kind: 'unchanged', etag })
    if (written.kind === 'written') {
      etag = written.etag
      renewedMs = askedMs
      return
    }
    const stored = await readJson(ports.bucket, LOCK_KEY, lockSchema)
    // An answer that was lost on the way: the write before this one was ours.
    if (stored?.value.state === 'held' && stored.value.run === mine.run) {
      etag = stored.etag
      return once()
    }
    lost = new ReleaseStop(
      'lock_lost',
      `This run lost its lock. ${stored === undefined ? '' : sentence(stored)}`.trim(),
    )
  }
  // What fails in between is tried again before the next change, which does not happen without it.
  const stop = ports.repeat(ttlMs / 4, async () => {
    if (lost === undefined) await renew().catch(() => undefined)
  })
  return {
    tookOverFrom,
    check: async () => {
      if (lost === undefined && ports.elapsedMs() - renewedMs >= ttlMs / 2) await renew()
      if (lost !== undefined) throw lost
    },
    release: async () => {
      stop()
      await renewing
      if (lost !== undefined) return
      await ports.bucket.write(LOCK_KEY, jsonText({ format: 1, state: 'free' }), { kind: 'unchanged', etag })
    },
    abandon: stop,
  }
}

function aliveSentence(watched: StoredJson<Lock>, now: StoredJson<Lock> | undefined): string {
  if (now?.value.state === 'held') return sentence(now)
  const { person, command } = watched.value as Held
  return `${person} has just ended a ${command}. Look at what is live now before you go on.`
}

function leftMs({ value, writtenAtMs, nowMs }: StoredJson<Lock>): number {
  return value.state === 'free' ? 0 : writtenAtMs + value.ttlSec * 1000 + ROUNDED_MS - nowMs
}

function sentence(stored: StoredJson<Lock>): string {
  if (stored.value.state === 'free') return 'Nobody holds it now.'
  const { person, command, since, ttlSec } = stored.value
  const until = new Date(stored.writtenAtMs + ttlSec * 1000).toISOString()
  return `${person} holds the lock for ${command} since ${since}, until ${until} unless they renew it.`
}
