import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  CreateFunctionUrlConfigCommand,
  PutFunctionConcurrencyCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Asked, ask, begin, type Given, signed } from '../../test/front.ts'
import { functionsOf } from '../../test/functions.ts'
import { type Cloud, startCloud } from '../index.ts'

const E1 = 'arn:aws:cloudfront::111122223333:distribution/E1'

let cloud: Cloud
let fns: ReturnType<typeof functionsOf>
/** What chance gives next. */
let chance = 0
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333', functions: { random: () => chance } })
  fns = functionsOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  await fns.role()
})

interface Url {
  readonly AuthType?: 'AWS_IAM' | 'NONE'
  readonly InvokeMode?: 'BUFFERED' | 'RESPONSE_STREAM'
  readonly Timeout?: number
}

/** A function behind the URL of its alias `live`; gives the host. */
async function urlOf(code: string, { AuthType = 'AWS_IAM', InvokeMode = 'BUFFERED', Timeout = 10 }: Url = {}) {
  await fns.create('fn', code, { Timeout, MemorySize: 1769 })
  await fns.alias('fn', 'live', await fns.publish('fn'))
  const { FunctionUrl = '' } = await fns.lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: 'fn', Qualifier: 'live', AuthType, InvokeMode }),
  )
  return new URL(FunctionUrl).host
}

const permit = (StatementId: string, more: Partial<AddPermissionCommandInput>) =>
  fns.lambda.send(
    new AddPermissionCommand({
      ...{ FunctionName: 'fn', Qualifier: 'live', StatementId, Action: 'lambda:InvokeFunctionUrl' },
      ...{ Principal: 'cloudfront.amazonaws.com', SourceArn: E1, ...more },
    }),
  )
const viaUrl = { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true } as const
const permitBoth = async () => {
  await permit('url', { FunctionUrlAuthType: 'AWS_IAM' })
  await permit('invoke', viaUrl)
}
const askSigned = async (asked: Asked): Promise<Given> => ask(cloud, await signed(cloud, E1, asked))

const echo = 'export const handler = async (event) => event'

describe('who may call', () => {
  test('a distribution that is permitted twice', async () => {
    const host = await urlOf(echo)
    await permitBoth()
    expect(await askSigned({ host })).toMatchObject({ status: 200 })
  })

  test.each<[what: string, statements: readonly Partial<AddPermissionCommandInput>[]]>([
    ['nobody', []],
    ['the URL alone', [{}]],
    ['the invocation alone', [viaUrl]],
    ['another distribution', [{ SourceArn: `${E1}2` }, { ...viaUrl, SourceArn: `${E1}2` }]],
    ['another service', [{ Principal: 's3.amazonaws.com' }, { ...viaUrl, Principal: 's3.amazonaws.com' }]],
    ['a URL that is open', [{ FunctionUrlAuthType: 'NONE' }, viaUrl]],
  ])('is refused where the policy names %s', async (_what, statements) => {
    const host = await urlOf(echo)
    for (const [index, statement] of statements.entries()) await permit(`s${index}`, statement)
    const { status, headers, body } = await askSigned({ host })
    expect([status, headers['x-amzn-errortype']]).toEqual([403, 'AccessDeniedException'])
    expect(JSON.parse(body)).toEqual({ Message: expect.stringMatching(/^Forbidden/) })
  })

  test('nobody without a signature, and nobody else with the host of another', async () => {
    const host = await urlOf(echo)
    await permitBoth()
    expect(await ask(cloud, { host })).toMatchObject({ status: 403 })
    const { headers = {} } = await signed(cloud, E1, { host })
    expect(await ask(cloud, { host: 'other.lambda-url.us-east-1.on.aws', headers })).toMatchObject({ status: 403 })
    expect(cloud.functions?.invocations()).toEqual([])
  })

  test.each<[method: string, hash: Record<string, string>, status: number]>([
    ['POST', {}, 200],
    ['POST', { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, 403],
    ['DELETE', { 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }, 403],
  ])('%s with a body and %j is answered %i', async (method, hash, status) => {
    const host = await urlOf(echo)
    await permitBoth()
    const given = await askSigned({ host, method, body: '{}', headers: hash })
    expect(given.status).toBe(status)
    if (status === 403) expect(given.headers['x-amzn-errortype']).toBe('InvalidSignatureException')
  })

  test('everybody, where the URL is open and the policy says so', async () => {
    const host = await urlOf(echo, { AuthType: 'NONE' })
    expect((await ask(cloud, { host })).status).toBe(403)
    const everybody = { Principal: '*', SourceArn: undefined }
    await permit('url', { ...everybody, FunctionUrlAuthType: 'NONE' })
    await permit('invoke', { ...everybody, ...viaUrl })
    expect((await ask(cloud, { host })).status).toBe(200)
  })
})

describe('what the function hears and says', () => {
  test('a request is an event of format 2.0', async () => {
    const host = await urlOf(echo)
    await permitBoth()
    const { body } = await askSigned({
      ...{ host, method: 'POST', path: '/a%20b?x=1&x=2&y=%5B', body: '{"n":1}' },
      headers: { cookie: 'a=1; b=2', 'content-type': 'application/json', 'user-agent': 'test' },
    })
    const event = JSON.parse(body)
    expect(event).toMatchObject({
      ...{ version: '2.0', routeKey: '$default', rawPath: '/a%20b', rawQueryString: 'x=1&x=2&y=%5B' },
      ...{ cookies: ['a=1', 'b=2'], queryStringParameters: { x: '1,2', y: '[' } },
      ...{ body: '{"n":1}', isBase64Encoded: false },
      headers: { host, 'x-forwarded-proto': 'https', 'x-forwarded-port': '443', 'x-amz-source-arn': E1 },
      requestContext: {
        ...{ domainName: host, apiId: host.slice(0, 32), stage: '$default' },
        http: { method: 'POST', path: '/a%20b', userAgent: 'test' },
        time: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      },
    })
    expect(Object.keys(event.headers)).not.toEqual(expect.arrayContaining(['cookie']))
    expect(Object.keys(event.headers)).not.toEqual(expect.arrayContaining(['authorization']))
  })

  test('bytes come and go in base64', async () => {
    const host = await urlOf(
      'export const handler = async ({ body, isBase64Encoded }) => ({ statusCode: 200, body, isBase64Encoded })',
    )
    await permitBoth()
    const typed = await signed(cloud, E1, {
      ...{ host, method: 'POST', body: Buffer.from([0, 255, 10]) },
      headers: { 'content-type': 'application/octet-stream' },
    })
    const exact: Buffer[] = []
    for await (const part of await begin(cloud, typed)) exact.push(part)
    expect(Buffer.concat(exact)).toEqual(Buffer.from([0, 255, 10]))
  })

  test.each<[what: string, value: string, given: object]>([
    [
      'status, headers and cookies',
      '{ statusCode: 201, headers: { "X-A": 1, connection: "close" }, cookies: ["a=1", "b=2"], body: "made" }',
      { status: 201, headers: { 'content-length': '4', 'x-a': '1', 'set-cookie': ['a=1', 'b=2'] }, body: 'made' },
    ],
    ['a value', '{ ok: true }', { status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' }],
    ['a text', '"hello"', { status: 200, body: 'hello' }],
    ['a status that is none', '{ statusCode: 99 }', { status: 502, body: 'Internal Server Error' }],
    ['a header that is none', '{ statusCode: 200, headers: { a: "1\\n2" } }', { status: 502 }],
    ['a body that is no text', '{ statusCode: 200, body: {} }', { status: 502, body: 'Internal Server Error' }],
  ])('%s', async (_what, value, given) => {
    const host = await urlOf(`export const handler = async () => (${value})`)
    await permitBoth()
    const answer = await askSigned({ host })
    expect(answer).toMatchObject({ ...given, headers: { ...(given as Given).headers } })
    const requestId = answer.headers['x-amzn-requestid']
    await expect.poll(() => cloud.functions?.invocations(), { timeout: 8000 }).toMatchObject([{ requestId }])
  })

  test.each([
    ['an error', 'throw new Error("secret")'],
    ['its end', 'process.exit(1)'],
    ['too long a wait', 'for (;;);'],
  ])('%s is told as no more than 502', async (_what, code) => {
    const host = await urlOf(`export const handler = async () => { ${code} }`, { Timeout: 1 })
    await permitBoth()
    expect(await askSigned({ host })).toMatchObject({ status: 502, body: 'Internal Server Error' })
  })

  test('what is larger than an event may be is refused, and so is what nobody has capacity for', async () => {
    const host = await urlOf(echo)
    await permitBoth()
    const large = await askSigned({ host, method: 'POST', body: Buffer.alloc(6_291_457) })
    expect(large.status).toBe(413)
    await fns.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 0 }))
    expect(await askSigned({ host })).toMatchObject({ status: 429, body: '{"Message":"Rate Exceeded."}' })
  })

  // @source AWS Lambda Developer Guide, "Implement Lambda canary deployments using a weighted alias"
  test.each([
    [0.249, 'new'],
    [0.25, 'old'],
  ])('where the alias gives a quarter to another version, chance %d brings the %s one', async (given, body) => {
    const host = await urlOf('export const handler = async () => "old"')
    await permitBoth()
    const other = await fns.publish('fn', 'export const handler = async () => "new"')
    await fns.lambda.send(
      new UpdateAliasCommand({
        ...{ FunctionName: 'fn', Name: 'live', RoutingConfig: { AdditionalVersionWeights: { [other]: 0.25 } } },
      }),
    )
    chance = given
    expect(await askSigned({ host })).toMatchObject({ status: 200, body })
  })

  test('a URL follows its alias', async () => {
    const host = await urlOf('export const handler = async () => "old"')
    await permitBoth()
    expect((await askSigned({ host })).body).toBe('old')
    const FunctionVersion = await fns.publish('fn', 'export const handler = async () => "new"')
    await fns.lambda.send(new UpdateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion }))
    expect((await askSigned({ host })).body).toBe('new')
  })
})

describe('streams', () => {
  const streaming = (body: string) => `
    import { once } from 'node:events'
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const begin = (prelude) => { stream = awslambda.HttpResponseStream.from(stream, prelude) }
      ${body}
    })`
  const streamed = async (code: string) => {
    const host = await urlOf(streaming(code), { InvokeMode: 'RESPONSE_STREAM' })
    await permitBoth()
    return begin(cloud, await signed(cloud, E1, { host }))
  }

  test('the head and each part are there before the next is written', async () => {
    // The function goes on only when somebody has read what it wrote: it looks for a file that the test makes then.
    const { existsSync, rmSync, writeFileSync } = await import('node:fs')
    const flag = `/tmp/sax-stream-${process.pid}`
    try {
      const answer = await streamed(`
        const { existsSync } = await import('node:fs')
        const { setTimeout } = await import('node:timers/promises')
        const seen = async (n) => { while (!existsSync(${JSON.stringify(flag)} + n)) await setTimeout(5) }
        begin({ statusCode: 207, headers: { 'content-type': 'text/plain' }, cookies: ['c=1', 'd=2'] })
        stream.write('one'); await seen(1)
        stream.write('two'); await seen(2)
        stream.end('three')
      `)
      expect([answer.statusCode, answer.headers['content-type'], answer.headers['set-cookie']]).toEqual([
        ...[207, 'text/plain', ['c=1', 'd=2']],
      ])
      const parts: string[] = []
      for await (const part of answer.setEncoding('utf8')) {
        parts.push(part)
        writeFileSync(`${flag}${parts.length}`, '')
      }
      expect(parts).toEqual(['one', 'two', 'three'])
      expect(existsSync(`${flag}2`)).toBe(true)
    } finally {
      for (const n of [1, 2, 3]) rmSync(`${flag}${n}`, { force: true })
    }
  })

  test('a stream without a head is passed on as it is', async () => {
    const answer = await streamed("stream.setContentType('text/csv'); stream.end('a;b')")
    let body = ''
    for await (const part of answer.setEncoding('utf8')) body += part
    expect([answer.statusCode, answer.headers['content-type'], body]).toEqual([200, 'text/csv', 'a;b'])
  })

  test('an error before the head is 502, one behind it breaks the answer off', async () => {
    expect((await streamed("throw new Error('no')")).statusCode).toBe(502)
    await cloud.reset()
    await fns.role()
    const answer = await streamed(
      "begin({ statusCode: 200 }); stream.write('part'); await new Promise(setImmediate); throw new Error('no')",
    )
    const read = async () => {
      for await (const _part of answer);
    }
    await expect(read()).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  test('a function that does not stream is passed on raw', async () => {
    const host = await urlOf('export const handler = async () => ({ statusCode: 404 })', {
      InvokeMode: 'RESPONSE_STREAM',
    })
    await permitBoth()
    expect(await askSigned({ host })).toMatchObject({ status: 200, body: '{"statusCode":404}' })
  })

  test('a viewer who leaves does not disturb the function', async () => {
    const answer = await streamed(
      "for (let i = 0; i < 50; i++) { stream.write('x'.repeat(1e5)); await new Promise((ok) => setTimeout(ok, 2)) } stream.end()",
    )
    answer.destroy()
    await expect.poll(() => cloud.functions?.invocations(), { timeout: 8000 }).toMatchObject([{ status: 'success' }])
  })
})
