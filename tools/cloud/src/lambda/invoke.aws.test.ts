import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { asOwner, refusal } from '../../test/clients.ts'
import { functionsOf } from '../../test/functions.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let fns: ReturnType<typeof functionsOf>
/** What chance gives next. */
let chance = 0
/** Functions and tests meet in this folder. */
let meeting: string
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333', functions: { random: () => chance } })
  fns = functionsOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  meeting = await mkdtemp(join(tmpdir(), 'meeting-'))
  await cloud.reset()
  await fns.role()
})
afterEach(() => rm(meeting, { recursive: true }))

const returning = (text: string) => `export const handler = async () => ${JSON.stringify(text)}`
/** A handler that says that it is there, and waits until the test lets it go on. */
const waiting = (text: string) => `
import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
export const handler = async ({ meeting, name }) => {
  writeFileSync(meeting + '/here-' + name, '')
  while (!existsSync(meeting + '/go')) await setTimeout(5)
  return ${JSON.stringify(text)}
}`
const isHere = (name: string) =>
  vi.waitFor(async () => expect(existsSync(join(meeting, `here-${name}`))).toBe(true), {
    timeout: 10_000,
    interval: 10,
  })
const letGo = () => writeFile(join(meeting, 'go'), '')

test('an invocation gives what the handler gives, and the end of its log', async () => {
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
  expect(cloud.functions?.invocations()).toMatchObject([{ status: 'success', initMs: expect.any(Number) }, {}])
})

describe('what goes wrong', () => {
  test.each<[what: string, code: string, value: object]>([
    [
      'a handler that throws',
      'export const handler = async () => { throw new RangeError("too far") }',
      { errorType: 'RangeError', errorMessage: 'too far', trace: expect.arrayContaining(['RangeError: too far']) },
    ],
    [
      'a module that throws',
      'throw new TypeError("no start")',
      { errorType: 'TypeError', errorMessage: 'no start', trace: expect.any(Array) },
    ],
    ['no handler', 'export const other = 1', { errorType: 'Runtime.HandlerNotFound' }],
    [
      'a handler with a callback',
      'export const handler = (event, context, callback) => callback(null, 1)',
      { errorType: 'Runtime.CallbackHandlerDeprecated' },
    ],
    [
      'a process that ends itself',
      'export const handler = async () => process.exit(3)',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 3$/),
      },
    ],
    [
      'a process that ends itself in peace',
      'export const handler = async () => process.exit(0)',
      { errorMessage: expect.stringMatching(/Runtime exited without providing a reason$/) },
    ],
    [
      'a process that ends while it loads',
      'process.exit(4)',
      { errorMessage: expect.stringMatching(/Runtime exited with error: exit status 4$/) },
    ],
    [
      'too much memory',
      'export const handler = async () => { const all = []; for (;;) all.push(Buffer.alloc(1e7, 1)) }',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/Error: Runtime exited with error: signal: killed$/),
      },
    ],
    [
      'an answer of one byte too many',
      'export const handler = async () => "x".repeat(6291555)',
      {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    ],
  ])('%s', async (_what, code, value) => {
    await fns.create('fn', code)
    const { value: given, error, log } = await fns.invoke('fn')
    expect({ given, error }).toEqual({ given: expect.objectContaining(value), error: 'Unhandled' })
    expect(log).toMatch(/\tStatus: error\tError Type: \S+\n$/)
  })

  test('what takes too long is ended, and the next call starts anew', async () => {
    await fns.create('fn', 'let n = 0; export const handler = async ({ stay }) => { n++; while (stay); return n }', {
      Timeout: 1,
    })
    expect((await fns.invoke('fn')).value).toBe(1)
    const late = await fns.invoke('fn', { stay: true })
    expect(late).toMatchObject({
      error: 'Unhandled',
      value: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
      },
    })
    expect(late.log).toMatch(/Z \S+ Task timed out after 1\.00 seconds\nEND .*\nREPORT .*\tStatus: timeout\n$/)
    expect((await fns.invoke('fn')).value).toBe(1)
  })

  test('a start that fails is tried once more', async () => {
    await fns.create('fn', 'console.log("starting"); throw new Error("never")')
    expect((await fns.invoke('fn')).log.match(/starting/g)).toHaveLength(2)
  })

  test('an answer of exactly the limit passes', async () => {
    await fns.create('fn', 'export const handler = async () => "x".repeat(6291554)')
    const { error, value } = await fns.invoke('fn')
    expect([error, String(value).length]).toEqual([undefined, 6_291_554])
  })

  test('a sandbox that died while it was idle is not missed', async () => {
    await fns.create('fn', returning('alive'))
    await fns.invoke('fn')
    const [{ pid } = { pid: 0 }] = cloud.functions?.sandboxes() ?? []
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(() => expect(cloud.functions?.sandboxes()).toEqual([]), { timeout: 8000 })
    expect((await fns.invoke('fn')).value).toBe('alive')
  })
})

describe('what is refused', () => {
  test.each<[what: string, more: object, refused: object]>([
    ['a function that is not there', { FunctionName: 'none' }, { name: 'ResourceNotFoundException', status: 404 }],
    ['a version that is not there', { Qualifier: '7' }, { name: 'ResourceNotFoundException', status: 404 }],
    [
      'an event that is no JSON',
      { Payload: Buffer.from('{') },
      { name: 'InvalidRequestContentException', status: 400 },
    ],
    [
      'an event of one byte too many',
      { Payload: Buffer.from(JSON.stringify('x'.repeat(6_291_455))) },
      { name: 'RequestTooLargeException', status: 413 },
    ],
    ['an invocation that nobody waits for', { InvocationType: 'Event' }, { name: 'NotImplemented', status: 501 }],
  ])('%s', async (_what, more, refused) => {
    await fns.create('fn', returning('x'))
    expect(await refusal(fns.lambda.send(new InvokeCommand({ FunctionName: 'fn', ...more })))).toMatchObject(refused)
  })

  test('a dry run looks, and runs nothing', async () => {
    await fns.create('fn', returning('x'))
    const { StatusCode } = await fns.lambda.send(new InvokeCommand({ FunctionName: 'fn', InvocationType: 'DryRun' }))
    expect([StatusCode, cloud.functions?.sandboxes()]).toEqual([204, []])
  })

  test('more at once than is reserved', async () => {
    await fns.create('fn', waiting('done'))
    await fns.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 1 }))
    const first = fns.invoke('fn', { meeting, name: 'a' })
    await isHere('a')
    expect(await refusal(fns.invoke('fn', { meeting, name: 'b' }))).toMatchObject({
      ...{ name: 'TooManyRequestsException', status: 429, message: 'Rate Exceeded.' },
    })
    await letGo()
    expect((await first).value).toBe('done')
    expect((await fns.invoke('fn', { meeting, name: 'b' })).value).toBe('done')
  })
})

describe('sandboxes', () => {
  test('each handles one call at a time, and then the next', async () => {
    await fns.create('fn', waiting('done'))
    const all = ['a', 'b', 'c'].map((name) => fns.invoke('fn', { meeting, name }))
    for (const name of ['a', 'b', 'c']) await isHere(name)
    expect(cloud.functions?.sandboxes()).toHaveLength(3)
    await letGo()
    await Promise.all(all)
    await fns.invoke('fn', { meeting, name: 'd' })
    expect(cloud.functions?.sandboxes()).toHaveLength(3)
  })

  test('one that becomes free answers a call that waits for another to start', async () => {
    await fns.create(
      'fn',
      `
import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
const isSecond = existsSync('${meeting}/started')
writeFileSync('${meeting}/started', '')
if (isSecond) await setTimeout(8000)
export const handler = async ({ name }) => {
  writeFileSync('${meeting}/here-' + name, '')
  while (name === 'a' && !existsSync('${meeting}/go')) await setTimeout(5)
  return process.pid
}`,
    )
    const first = fns.invoke('fn', { name: 'a' })
    await isHere('a')
    const second = fns.invoke('fn', { name: 'b' })
    await vi.waitFor(() => expect(cloud.functions?.sandboxes()).toHaveLength(2), { timeout: 10_000 })
    await letGo()
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

describe('versions and aliases', () => {
  test('a version keeps its code and its environment', async () => {
    const code = 'export const handler = async () => process.env.STAGE'
    await fns.create('fn', code, { Environment: { Variables: { STAGE: 'old' } } })
    await fns.publish('fn')
    await fns.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Environment: { Variables: { STAGE: 'new' } } }),
    )
    await fns.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'fn' }))
    const stages = ['1', '$LATEST'].map(async (Qualifier) => (await fns.invoke('fn', {}, { Qualifier })).value)
    expect(await Promise.all(stages)).toEqual(['old', 'new'])
  })

  test.each([
    [0.099, '2', 'b'],
    [0.1, '1', 'a'],
  ])('with a weight of 0.1, chance %d gives version %s', async (given, version, value) => {
    await fns.create('fn', returning('a'))
    await fns.publish('fn')
    await fns.publish('fn', returning('b'))
    await fns.alias('fn', 'live', '1', { 2: 0.1 })
    chance = given
    expect(await fns.invoke('fn', {}, { Qualifier: 'live' })).toMatchObject({ version, value })
  })

  test('the next call after an alias has moved gets the new version; one under way ends with the old', async () => {
    await fns.create('fn', waiting('old'), { Timeout: 20 })
    await fns.publish('fn')
    await fns.publish('fn', returning('new'))
    await fns.alias('fn', 'live', '1')
    const underWay = fns.invoke('fn', { meeting, name: 'a' }, { Qualifier: 'live' })
    await isHere('a')
    await fns.lambda.send(new UpdateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion: '2' }))
    expect((await fns.invoke('fn', {}, { Qualifier: 'live' })).value).toBe('new')
    await letGo()
    expect((await underWay).value).toBe('old')
  })

  test('no call fails while an alias moves to and fro', async () => {
    await fns.create('fn', returning('1'))
    await fns.publish('fn')
    await fns.publish('fn', returning('2'))
    await fns.alias('fn', 'live', '1')
    const outcomes: { version: string | undefined; value: unknown; error: string | undefined }[] = []
    const callers = Array.from({ length: 4 }, async () => {
      for (let i = 0; i < 25; i++) outcomes.push(await fns.invoke('fn', {}, { Qualifier: 'live' }))
    })
    for (let i = 0; i < 20; i++) {
      const FunctionVersion = i % 2 === 0 ? '2' : '1'
      await fns.lambda.send(new UpdateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion }))
      await fns.invoke('fn', {}, { Qualifier: 'live' })
    }
    await Promise.all(callers)
    expect(outcomes.filter(({ version, value, error }) => error !== undefined || version !== value)).toEqual([])
    expect(new Set(outcomes.map(({ version }) => version))).toEqual(new Set(['1', '2']))
  })
})

describe('logs', () => {
  const messagesIn = async (logGroupName: string) => {
    await cloud.functions?.flushLogs()
    const { events = [] } = await new CloudWatchLogsClient(asOwner(cloud)).send(
      new FilterLogEventsCommand({ logGroupName }),
    )
    return events.map(({ message = '' }) => message)
  }

  test('what a function prints is in its log group', async () => {
    await fns.create(
      'fn',
      'export const handler = async () => { console.log("two\\nlines"); process.stdout.write("raw\\n") }',
    )
    await fns.invoke('fn')
    const messages = await messagesIn('/aws/lambda/fn')
    expect(messages).toContain('raw')
    expect(messages.some((message) => message.endsWith('\ttwo\nlines'))).toBe(true)
    expect(messages.at(-1)).toMatch(/^REPORT RequestId: /)
  })

  test('in JSON and in another group, where that is configured', async () => {
    const LoggingConfig = { LogFormat: 'JSON', LogGroup: '/a/group', ApplicationLogLevel: 'WARN' } as const
    await fns.create('fn', 'export const handler = async () => { console.info("no"); console.warn("yes") }', {
      LoggingConfig,
    })
    await fns.invoke('fn')
    const events = (await messagesIn('/a/group')).map((message) => JSON.parse(message))
    expect(events).toMatchObject([
      { type: 'platform.initStart' },
      { type: 'platform.start', record: { version: '$LATEST' } },
      { level: 'WARN', message: 'yes', requestId: events[1].record.requestId },
      { type: 'platform.report', record: { status: 'success', metrics: { initDurationMs: expect.any(Number) } } },
    ])
  })
})

test('nothing is run where that was not asked for', async () => {
  const plain = await startCloud({ accountId: '111122223333' })
  try {
    const made = functionsOf(plain)
    await made.role()
    await made.create('fn', returning('x'))
    expect(await refusal(made.invoke('fn'))).toMatchObject({ name: 'NotImplemented', status: 501 })
    expect(plain.functions).toBeUndefined()
  } finally {
    await plain.stop()
  }
})
