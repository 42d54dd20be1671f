import { InvokeCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { refusal } from '../../test/clients.ts'
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
    // To fill a sandbox's memory takes a slow computer longer than the three seconds that a function has by default.
    await fns.create('fn', code, { Timeout: 30 })
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
    const first = fns.invoke('fn', { meeting: meeting.folder, name: 'a' })
    await meeting.isHere('a')
    expect(await refusal(fns.invoke('fn', { meeting: meeting.folder, name: 'b' }))).toMatchObject({
      ...{ name: 'TooManyRequestsException', status: 429, message: 'Rate Exceeded.' },
    })
    await meeting.letGo()
    expect((await first).value).toBe('done')
    expect((await fns.invoke('fn', { meeting: meeting.folder, name: 'b' })).value).toBe('done')
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
