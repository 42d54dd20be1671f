import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { functionsOf } from '../../test/functions.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let fns: ReturnType<typeof functionsOf>
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333', functions: {} })
  fns = functionsOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  await fns.role()
})

describe('an invocation', () => {
  test('gives what the handler gives, and the end of its log', async () => {
    await fns.create(
      'fn',
      'console.log("loaded"); export const handler = async ({ n }) => { console.log("ran"); return n + 1 }',
    )
    const first = await fns.invoke('fn', { n: 41 })
    expect(first).toMatchObject({ value: 42, error: undefined, version: '$LATEST' })
    expect(first.log).toMatch(
      /^INIT_START .*\n.*\tINFO\tloaded\nSTART RequestId: (\S+) Version: \$LATEST\n.*\t\1\tINFO\tran\nEND RequestId: \1\nREPORT RequestId: \1\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms\n$/,
    )
    const second = await fns.invoke('fn', { n: 1 })
    expect(second.log).not.toContain('Init Duration')
    expect(cloud.functions?.sandboxes()).toMatchObject([{ functionName: 'fn', isBusy: false }])
  })
})
