import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { functionsOf, returning } from '../../test/functions.ts'
import { type Meeting, openMeeting, waiting } from '../../test/meeting.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let fns: ReturnType<typeof functionsOf>
let meeting: Meeting
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333', functions: {} })
  fns = functionsOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  meeting = await openMeeting()
  await cloud.reset()
  await fns.role()
})
afterEach(() => meeting.end())

describe('sandboxes', () => {
  test('each handles one call at a time, and then the next', async () => {
    await fns.create('fn', waiting('done'))
    const all = ['a', 'b', 'c'].map((name) => fns.invoke('fn', { meeting: meeting.folder, name }))
    for (const name of ['a', 'b', 'c']) await meeting.isHere(name)
    expect(cloud.functions?.sandboxes()).toHaveLength(3)
    await meeting.letGo()
    await Promise.all(all)
    await fns.invoke('fn', { meeting: meeting.folder, name: 'd' })
    expect(cloud.functions?.sandboxes()).toHaveLength(3)
  })

  test('one that becomes free answers a call that waits for another to start', async () => {
    await fns.create(
      'fn',
      `
import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
const isSecond = existsSync('${meeting.folder}/started')
writeFileSync('${meeting.folder}/started', '')
if (isSecond) await setTimeout(8000)
export const handler = async ({ name }) => {
  writeFileSync('${meeting.folder}/here-' + name, '')
  while (name === 'a' && !existsSync('${meeting.folder}/go')) await setTimeout(5)
  return process.pid
}`,
    )
    const first = fns.invoke('fn', { name: 'a' })
    await meeting.isHere('a')
    const second = fns.invoke('fn', { name: 'b' })
    await vi.waitFor(() => expect(cloud.functions?.sandboxes()).toHaveLength(2), { timeout: 10_000 })
    await meeting.letGo()
    expect((await second).value).toBe((await first).value)
  })

  test('those that wait are ended on request, and the next call starts one anew', async () => {
    for (const name of ['fn', 'other']) {
      await fns.create(name, 'export const handler = async () => process.pid')
      await fns.invoke(name)
    }
    const pids = () => cloud.functions?.sandboxes().map(({ functionName, pid }) => [functionName, pid])
    const [before, other] = pids() ?? []
    await cloud.functions?.endIdle('fn')
    expect(pids()).toEqual([other])
    expect((await fns.invoke('fn')).value).not.toBe(before?.[1])
    expect(cloud.functions?.invocations().at(-1)?.initMs).toBeGreaterThan(0)
  })

  test('see what Lambda sets and what was frozen, and nothing of this machine', async () => {
    await fns.create('fn', 'export const handler = async () => process.env', {
      Environment: { Variables: { STAGE: 'develop' } },
      MemorySize: 256,
    })
    const { value } = await fns.invoke('fn')
    expect(value).toEqual({
      ...{
        STAGE: 'develop',
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        TZ: ':UTC',
        LANG: 'en_US.UTF-8',
      },
      ...{ AWS_LAMBDA_FUNCTION_NAME: 'fn', AWS_LAMBDA_FUNCTION_VERSION: '$LATEST', _HANDLER: 'index.handler' },
      ...{ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256', AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' },
      ...{ AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR' },
      ...{ AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fn', AWS_ENDPOINT_URL: cloud.endpoint },
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      AWS_LAMBDA_RUNTIME_API: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
      ...{ AWS_SECRET_ACCESS_KEY: expect.any(String), AWS_SESSION_TOKEN: expect.any(String) },
      ...{ LAMBDA_TASK_ROOT: expect.any(String), LAMBDA_RUNTIME_DIR: '/var/runtime', PATH: expect.any(String) },
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-/),
    })
  })

  test('speak to AWS as their role’s account', async () => {
    await fns.create(
      'fn',
      `export const handler = async () => {
        const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID } = process.env
        const scope = AWS_ACCESS_KEY_ID + '/20261128/us-east-1/sts/aws4_request'
        const answer = await fetch(AWS_ENDPOINT_URL, {
          method: 'POST',
          headers: {
            authorization: 'AWS4-HMAC-SHA256 Credential=' + scope + ', SignedHeaders=host, Signature=0',
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: 'Action=GetCallerIdentity&Version=2011-06-15',
        })
        return answer.text()
      }`,
    )
    expect((await fns.invoke('fn')).value).toContain('<Account>111122223333</Account>')
  })

  test('are ended when nobody has needed them for a while', async () => {
    const short = await startCloud({ accountId: '111122223333', functions: { idleMs: 1 } })
    try {
      const made = functionsOf(short)
      await made.role()
      await made.create('fn', returning('x'))
      expect((await made.invoke('fn')).value).toBe('x')
      await expect.poll(() => short.functions?.sandboxes(), { timeout: 8000 }).toEqual([])
      expect((await made.invoke('fn')).value).toBe('x')
    } finally {
      await short.stop()
    }
  })

  test('have the share of the processor that their memory gives, or say that they have all of it', async () => {
    const work = `export const handler = async () => {
      const [begun, used] = [performance.now(), process.cpuUsage()]
      while (process.cpuUsage(used).user < 150_000);
      return performance.now() - begun
    }`
    await fns.create('fn', work, { Timeout: 30, MemorySize: 512 })
    const { value } = await fns.invoke('fn')
    const vcpus = cloud.functions?.invocations()[0]?.vcpus
    if (vcpus !== 'full') {
      // 512 / 1769, and 150 ms of work at that speed are 518 ms.
      expect(vcpus).toBeCloseTo(0.2894, 4)
      expect(value).toBeGreaterThan(400)
    }
    expect(cloud.functions?.sandboxes()).toMatchObject([{ vcpus }])
  })
})
