import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cpuShares } from './cpu-share.ts'

const shares = cpuShares(`sax-share-test-${process.pid}`)
afterAll(() => shares.close())

/** Of the one group below, in vCPUs; undefined where this machine lets nobody limit processes. */
function limitNow(): number | undefined {
  if (shares.folder === undefined) return undefined
  const [group = ''] = readdirSync(shares.folder, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? [join(shares.folder ?? '', one.name)] : [],
  )
  const files = readdirSync(group)
  if (!files.includes('cpu.cfs_quota_us')) {
    const [quota, period] = readFileSync(join(group, 'cpu.max'), 'utf8').split(' ').map(Number)
    return (quota ?? 0) / (period ?? 1)
  }
  const [quota, period] = ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((name) =>
    Number(readFileSync(join(group, name), 'utf8')),
  )
  return (quota ?? 0) / (period ?? 1)
}

test.each<[memoryMb: number, whileStarting: number, afterwards: number]>([
  [1024, 1, 0.579],
  [256, 1, 0.145],
  [3008, 1.7, 1.7],
])('a function of %d MB has %d of a processor while it starts, and %d afterwards', (memoryMb, first, then) => {
  const share = shares.shareOf(memoryMb)
  const limits = [limitNow()]
  share.started()
  limits.push(limitNow())
  share.release()
  share.started()
  const wanted =
    shares.folder === undefined ? [undefined, undefined] : [first, then].map((one) => expect.closeTo(one, 2))
  expect(limits).toEqual(wanted)
})
