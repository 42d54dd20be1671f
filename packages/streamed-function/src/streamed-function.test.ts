import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { setImmediate as turn } from 'node:timers/promises'
import type { InternalEvent } from '@opennextjs/aws/types/open-next'
import type { Converter, OpenNextHandler, OpenNextHandlerOptions } from '@opennextjs/aws/types/overrides'
import { describe, expect, test } from 'vitest'
import { installLambda, invoke } from '../test/lambda.ts'
import { type EventAnswer, streamedFunction } from './streamed-function.ts'

installLambda()

const convertFrom = async (event: Partial<InternalEvent>): Promise<InternalEvent> => ({
  type: 'core',
  method: 'GET',
  rawPath: '/x',
  url: 'https://dev.example.test/x?search=a',
  headers: {},
  query: {},
  cookies: {},
  remoteAddress: '',
  ...event,
})
const converter = { name: 'given', convertFrom, convertTo: async () => undefined } satisfies Converter

type Answer = (options: Required<Pick<OpenNextHandlerOptions, 'streamCreator'>> & OpenNextHandlerOptions) => unknown

/** A function whose pages answer as `answer` does. */
const answering = (answer: Answer, answerEvent?: EventAnswer) =>
  streamedFunction(answerEvent === undefined ? {} : { answerEvent }).wrapper(
    (async (_event: InternalEvent, options?: OpenNextHandlerOptions) => {
      await answer(options as Parameters<Answer>[0])
      return undefined
    }) as unknown as OpenNextHandler,
    converter,
  )

const prelude = (statusCode: number, headers: Record<string, string> = {}, cookies: string[] = []) => ({
  statusCode,
  headers,
  cookies,
})

test('an answer is a prelude, eight zero bytes and the body as it was', async () => {
  const handler = await answering(({ streamCreator }) => {
    const body = streamCreator.writeHeaders(prelude(200, { 'Content-Type': 'text/html' }))
    body.write('<p>')
    body.end('é</p>')
  })
  const sent = await invoke(handler, {})
  expect(sent.contentType).toBe('application/vnd.awslambda.http-integration-response')
  expect(sent.prelude).toEqual({ statusCode: 200, headers: { 'content-type': 'text/html' }, cookies: [] })
  expect(sent.body.toString()).toBe('<p>é</p>')
})

test('nothing is compressed, and no length of ours frames the answer', async () => {
  const handler = await answering(({ streamCreator }) => {
    streamCreator
      .writeHeaders(
        prelude(200, { 'content-length': '3', 'Transfer-Encoding': 'chunked', connection: 'close', etag: 'a' }),
      )
      .end('x'.repeat(10_000))
  })
  const sent = await invoke(handler, { headers: { 'accept-encoding': 'gzip, br' } })
  expect(sent.prelude.headers).toEqual({ etag: 'a' })
  expect(sent.body.toString()).toBe('x'.repeat(10_000))
})

test('a body in bytes arrives as those bytes, zeros included', async () => {
  const bytes = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 128])
  const sent = await invoke(
    await answering(({ streamCreator }) => streamCreator.writeHeaders(prelude(200)).end(bytes)),
    {},
  )
  expect(sent.body).toEqual(bytes)
})

test('each piece goes out when it is made', async () => {
  const seen: number[] = []
  const gate = Promise.withResolvers<void>()
  const handler = await answering(async ({ streamCreator }) => {
    const body = streamCreator.writeHeaders(prelude(200))
    body.write('first')
    await gate.promise
    body.end('second')
  })
  let written = 0
  const stream = new (await import('node:stream')).Writable({
    write(chunk: Uint8Array, _encoding, done) {
      written += chunk.length
      done()
    },
  })
  const answered = (handler as (...given: unknown[]) => Promise<void>)(
    {},
    Object.assign(stream, { setContentType: () => undefined }),
    {},
  )
  await turn()
  await turn()
  seen.push(written)
  gate.resolve()
  await answered
  seen.push(written)
  const head = JSON.stringify(prelude(200)).length + 8
  expect(seen).toEqual([head + 'first'.length, head + 'firstsecond'.length])
})

test('several cookies stay several, and are no header', async () => {
  const cookies = ['a=1; Path=/; Expires=Thu, 01 Jan 2026 00:00:00 GMT', 'b=2; HttpOnly']
  const handler = await answering(({ streamCreator }) => {
    streamCreator.writeHeaders(prelude(302, { location: '/x', 'set-cookie': cookies.join(', ') }, cookies)).end()
  })
  expect((await invoke(handler, {})).prelude).toEqual({ statusCode: 302, headers: { location: '/x' }, cookies })
})

test('S11: what the framework says to itself does not go out', async () => {
  const internal = { 'x-middleware-rewrite': 'http://internal', 'X-OpenNext-Request-Id': '1', 'x-invoke-path': '/' }
  const handler = await answering(({ streamCreator }) => streamCreator.writeHeaders(prelude(200, internal)).end())
  expect((await invoke(handler, {})).prelude.headers).toEqual({})
})

test.each([
  200, 201, 202, 206, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 409, 410, 413, 429, 500, 502, 503, 504,
])('status %i arrives with its body', async (status) => {
  const sent = await invoke(
    await answering(({ streamCreator }) => streamCreator.writeHeaders(prelude(status)).end('body')),
    {},
  )
  expect([sent.prelude.statusCode, sent.body.toString()]).toEqual([status, 'body'])
})

test.each<[method: string, status: number]>([
  ['HEAD', 200],
  ['HEAD', 404],
  ['GET', 204],
  ['GET', 304],
])('%s with %i has no body, whatever is written', async (method, status) => {
  const handler = await answering(({ streamCreator }) => {
    const body = streamCreator.writeHeaders(prelude(status, { etag: 'a' }))
    body.write('must not')
    body.end('go out')
  })
  const sent = await invoke(handler, { method })
  expect(sent.prelude).toEqual({ statusCode: status, headers: { etag: 'a' }, cookies: [] })
  expect(sent.body.length).toBe(0)
})

test('what fails before it answered is a 500 in the one error shape, without what went wrong', async () => {
  const handler = await answering(() => {
    throw new Error('the name of a patient')
  })
  const sent = await invoke(handler, { headers: { 'x-request-id': 'abcdefgh' } })
  expect(sent.prelude.statusCode).toBe(500)
  expect(JSON.parse(sent.body.toString())).toEqual({
    code: 'INTERNAL_ERROR',
    message: 'Something went wrong on our side.',
    requestId: 'abcdefgh',
  })
})

test('pages that answer nothing are a 500 too', async () => {
  expect((await invoke(await answering(() => undefined), {})).prelude.statusCode).toBe(500)
})

test('half an answer breaks off instead of looking like a whole one', async () => {
  const handler = await answering(({ streamCreator }) => {
    streamCreator.writeHeaders(prelude(200)).write('half')
    throw new Error('the zone is gone')
  })
  expect((await invoke(handler, {})).broken?.message).toBe('the zone is gone')
})

test('what was promised for after the answer is done before the sandbox may freeze', async () => {
  let isDone = false
  const handler = await answering(({ streamCreator, waitUntil }) => {
    waitUntil?.(
      turn().then(() => {
        isDone = true
      }),
    )
    streamCreator.writeHeaders(prelude(200)).end()
  })
  await invoke(handler, {})
  expect(isDone).toBe(true)
})

test('an event that is no request is answered as JSON and reaches no page', async () => {
  const handler = await answering(
    () => {
      throw new Error('no page may see it')
    },
    async (event) => ({ kind: 'answer', answer: { of: event } }),
  )
  const sent = await invoke(handler, { sax: 'x' })
  expect(sent.contentType).toBe('application/json')
  expect(JSON.parse(sent.raw.toString())).toEqual({ of: { sax: 'x' } })
})

test('each exchange is told of once, with status and request id', async () => {
  const told: unknown[] = []
  const listen = (message: unknown) => {
    const { request, response } = message as {
      request: { url: string }
      response: { statusCode: number; getHeader: (name: string) => unknown }
    }
    told.push([request.url, response.statusCode, response.getHeader('x-request-id')])
  }
  subscribe('http.server.response.finish', listen)
  const handler = await answering(({ streamCreator }) =>
    streamCreator.writeHeaders(prelude(404, { 'X-Request-Id': 'r-12345678' })).end(),
  )
  await invoke(handler, {})
  unsubscribe('http.server.response.finish', listen)
  expect(told).toEqual([['/x?search=a', 404, 'r-12345678']])
})

describe('what a function asks itself while it starts', () => {
  const starting = (handle: (event: InternalEvent, options: Parameters<Answer>[0]) => Promise<unknown>) =>
    streamedFunction({ atStart: { path: '/signed-out', headers: { cookie: 'a=b' } } }).wrapper(
      handle as unknown as OpenNextHandler,
      converter,
    )

  test('is a page, whose whole answer is there before the first request, and no exchange', async () => {
    const asked: unknown[] = []
    const told: unknown[] = []
    const listen = (message: unknown) => told.push(message)
    subscribe('http.server.request.start', listen)
    const handler = await starting(async ({ method, rawPath, headers }, { streamCreator }) => {
      const body = streamCreator.writeHeaders(prelude(200))
      body.write('x'.repeat(100_000))
      await new Promise<void>((done) => body.end(done))
      asked.push([method, rawPath, headers.cookie])
    })
    expect(asked).toEqual([['GET', '/signed-out', 'a=b']])
    expect(told).toEqual([])
    await invoke(handler, {})
    unsubscribe('http.server.request.start', listen)
    expect(told).toHaveLength(1)
  })

  test('fails no start', async () => {
    let calls = 0
    const handler = await starting(async (_event, { streamCreator }) => {
      calls += 1
      if (calls === 1) throw new Error('the secrets cannot be read yet')
      streamCreator.writeHeaders(prelude(200)).end('there')
    })
    expect((await invoke(handler, {})).body.toString()).toBe('there')
  })

  test('is not waited for longer than three seconds', async () => {
    const beganMs = performance.now()
    expect(await starting(() => new Promise(() => undefined))).toBeTypeOf('function')
    expect(performance.now() - beganMs).toBeGreaterThan(2900)
  })
})
