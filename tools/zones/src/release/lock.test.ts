import { expect, test } from 'vitest'
import { type Acquired, acquireLock, type HeldLock, type LockPorts } from './lock.ts'
import { memoryBucket, type Objects } from './test/memory-bucket.ts'

interface World {
  readonly objects: Objects
  nowMs: number
  /** Done instead of waiting. */
  whileWaiting: () => Promise<void>
}

const world = (): World => ({
  objects: new Map(),
  nowMs: Date.parse('2026-11-28T12:00:00Z'),
  whileWaiting: async () => undefined,
})

function ports(w: World): LockPorts {
  return {
    bucket: memoryBucket(w.objects, () => w.nowMs),
    elapsedMs: () => w.nowMs,
    now: () => new Date(w.nowMs),
    wait: async (ms) => {
      w.nowMs += ms
      await w.whileWaiting()
    },
    repeat: () => () => undefined,
  }
}

const take = (w: World, person: string, said: string[] = []): Promise<Acquired> =>
  acquireLock(ports(w), { run: `run of ${person}`, person, command: 'deploy' }, 60, (text) => said.push(text))

function held(acquired: Acquired): HeldLock {
  if (acquired.kind !== 'held') throw new Error(acquired.reason)
  return acquired.lock
}

test('a free lock is taken, and given back by writing that it is free', async () => {
  const w = world()
  const lock = held(await take(w, 'jane'))
  await lock.check()
  await lock.release()
  expect(held(await take(w, 'joe')).tookOverFrom).toBeUndefined()
})

test('whoever finds it renewed is told who has it, since when and until when', async () => {
  const w = world()
  const lock = held(await take(w, 'jane'))
  w.whileWaiting = async () => {
    if (w.nowMs % 60_000 === 31_000) await lock.check()
  }
  expect(await take(w, 'joe')).toEqual({
    kind: 'taken',
    reason:
      'jane holds the lock for deploy since 2026-11-28T12:00:00.000Z, until 2026-11-28T12:01:31.000Z unless they renew it.',
  })
})

test('whoever finds it given back meanwhile looks before they go on', async () => {
  const w = world()
  const lock = held(await take(w, 'jane'))
  w.whileWaiting = () => lock.release()
  expect(await take(w, 'joe')).toMatchObject({
    reason: 'jane has just ended a deploy. Look at what is live now before you go on.',
  })
})

test('one that nobody renews is taken over when its time is up and not before, and the wait is told', async () => {
  const w = world()
  const lock = held(await take(w, 'jane'))
  const startMs = w.nowMs
  const said: string[] = []
  expect(held(await take(w, 'joe', said)).tookOverFrom).toMatchObject({ person: 'jane', command: 'deploy' })
  expect(w.nowMs - startMs).toBe(61_000)
  expect(said[0]).toBe('jane has it for deploy; waiting 61 s to see whether they are still there')
  // Whoever was taken for dead and is not changes nothing more.
  await expect(lock.check()).rejects.toMatchObject({
    code: 'lock_lost',
    message: expect.stringContaining('joe holds the lock'),
  })
  await lock.release()
  expect(await take(w, 'jill')).toMatchObject({ kind: 'held' })
})

/** HTTP has dates of whole seconds: what was written at 59.9 says 59, and a look at 60.0 says 60. */
test.each([1, 500, 999])(
  'written %i ms after a full second, it is nobody else’s before its minute is over',
  async (ms) => {
    const w = world()
    w.nowMs += ms
    const seconds = (exact: number) => Math.floor(exact / 1000) * 1000
    const bucket = memoryBucket(w.objects, () => w.nowMs)
    const read: typeof bucket.read = async (key) => {
      const found = await bucket.read(key)
      return found && { ...found, writtenAtMs: seconds(found.writtenAtMs), nowMs: seconds(found.nowMs) }
    }
    const rounding: LockPorts = { ...ports(w), bucket: { ...bucket, read } }
    held(await take(w, 'jane'))
    const startMs = w.nowMs
    // Whoever comes looks at another moment of each second.
    w.nowMs += 1000 - (w.nowMs % 1000)
    held(await acquireLock(rounding, { run: 'b', person: 'joe', command: 'prune' }, 60, () => undefined))
    expect(w.nowMs - startMs).toBeGreaterThanOrEqual(60_000)
  },
)

test('of two that take it at the same moment one gets it', async () => {
  const w = world()
  const both = await Promise.all([take(w, 'jane'), take(w, 'joe')])
  // Nobody renews here: the second one waits its minute and takes over.
  expect(both.map((one) => (one.kind === 'held' ? one.lock.tookOverFrom?.person : one.reason)).sort()).toEqual([
    'jane',
    undefined,
  ])
})

test('a renewal whose answer was lost is not taken for somebody else', async () => {
  const w = world()
  const bucket = memoryBucket(w.objects, () => w.nowMs)
  let loses = false
  const lossy: LockPorts = {
    ...ports(w),
    bucket: {
      ...bucket,
      write: async (...args) => {
        const written = await bucket.write(...args)
        if (!loses) return written
        loses = false
        throw new Error('the connection was cut')
      },
    },
  }
  const lock = held(await acquireLock(lossy, { run: 'a', person: 'jane', command: 'deploy' }, 60, () => undefined))
  w.nowMs += 40_000
  loses = true
  await expect(lock.check()).rejects.toThrow('the connection was cut')
  await lock.check()
  await lock.release()
  expect(held(await take(w, 'joe')).tookOverFrom).toBeUndefined()
})
