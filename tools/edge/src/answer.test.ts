import { expect, test } from 'vitest'
import { behaviorNamed, cachingOptimized, distributionWith } from '../test/configuration.ts'
import { door, doorOver } from '../test/door.ts'
import { OriginError } from './origins/origin.ts'

const hstsPolicy = {
  name: 'security',
  set: [{ name: 'strict-transport-security', value: 'max-age=1', override: true }],
  remove: ['x-powered-by'],
  cors: false,
}
const viewerRequest = (body: string) => ({
  viewerRequest: { name: 'request', code: `function handler(event) { ${body} }` },
})
const viewerResponse = (body: string) => ({
  viewerResponse: { name: 'response', code: `function handler(event) { ${body} }` },
})
const site = (changes: Parameters<typeof behaviorNamed>[1]) => distributionWith({}, behaviorNamed('*', changes))
const marks = (response: Response) => [response.status, response.headers.get('x-cache'), response.headers.get('server')]

test('a miss says so, a hit says so with its age, and both pass the headers policy', async () => {
  const { ask, asked, answerWith, laterMs } = door(
    site({ cachePolicy: cachingOptimized, responseHeadersPolicy: hstsPolicy }),
  )
  answerWith(() => new Response('a', { headers: { 'cache-control': 'max-age=60', 'x-powered-by': 'Next.js' } }))
  const first = await ask('/a.js')
  expect([first.headers.get('x-cache'), first.headers.get('age')]).toEqual(['Miss from cloudfront', null])
  await first.text()
  laterMs(5000)
  const second = await ask('/a.js')
  expect([second.headers.get('x-cache'), second.headers.get('age'), await second.text()]).toEqual([
    'Hit from cloudfront',
    '5',
    'a',
  ])
  for (const { headers } of [first, second]) {
    expect([headers.get('strict-transport-security'), headers.get('x-powered-by')]).toEqual(['max-age=1', null])
    expect(headers.get('via')).toBe('1.1 e1example.cloudfront.net (CloudFront)')
    expect(headers.get('x-amz-cf-pop')).toBe('LAP50-P1')
  }
  expect([first.headers.get('x-amz-cf-id'), second.headers.get('x-amz-cf-id')]).toEqual(['id-1', 'id-2'])
  expect(asked).toHaveLength(1)
})

test('http is sent to https, or refused, as the behaviour says', async () => {
  const redirecting = doorOver('http', [site({ viewerProtocolPolicy: 'redirect-to-https' })])
  const response = await redirecting.ask('/a?b=c')
  expect([...marks(response), response.headers.get('location')]).toEqual([
    301,
    'Redirect from cloudfront',
    'CloudFront',
    'https://site.example/a?b=c',
  ])
  const refusing = doorOver('http', [site({ viewerProtocolPolicy: 'https-only' })])
  expect(marks(await refusing.ask('/'))).toEqual([403, 'Error from cloudfront', 'CloudFront'])
  expect([redirecting.asked, refusing.asked]).toEqual([[], []])
})

test('a response that the function made is sent, and nobody else is asked', async () => {
  const made = `return { statusCode: 404, headers: { 'x-a': { value: '1' } }, cookies: { s: { value: '1', attributes: 'Secure' } }, body: 'nothing here' }`
  const { ask, asked, logged } = door(site({ ...viewerRequest(made), responseHeadersPolicy: hstsPolicy }))
  const response = await ask('/names-a-person')
  expect(marks(response)).toEqual([404, 'FunctionGeneratedResponse from cloudfront', 'CloudFront'])
  expect(response.headers.getSetCookie()).toEqual(['s=1; Secure'])
  expect(response.headers.get('strict-transport-security')).toBe('max-age=1')
  expect(await response.text()).toBe('nothing here')
  expect(asked).toEqual([])
  expect(logged).toEqual([expect.objectContaining({ code: 'function_answered', path: undefined, status: 404 })])
})

test.each<[what: string, changes: Parameters<typeof behaviorNamed>[1], status: number, xCache: string]>([
  [
    'a request function that sets a disallowed header',
    viewerRequest('event.request.headers["x-real-ip"] = { value: "1" }; return event.request'),
    502,
    'FunctionValidationError from cloudfront',
  ],
  ['a request function that returns nothing', viewerRequest(''), 502, 'FunctionValidationError from cloudfront'],
  [
    'a request function that throws',
    viewerRequest('throw new Error(event.request.uri)'),
    503,
    'FunctionExecutionError from cloudfront',
  ],
  [
    'a response function that changes via',
    viewerResponse('event.response.headers.via = { value: "1" }; return event.response'),
    502,
    'FunctionValidationError from cloudfront',
  ],
  [
    'a response function that throws',
    viewerResponse('throw new Error()'),
    503,
    'FunctionExecutionError from cloudfront',
  ],
])('%s is answered %i', async (_what, changes, status, xCache) => {
  expect(marks(await door(site(changes)).ask('/'))).toEqual([status, xCache, 'CloudFront'])
})

test('a response function changes hits and misses; body and cookies stay', async () => {
  const add =
    'event.response.headers["x-uri"] = { value: event.request.uri + event.response.statusCode }; return event.response'
  const { ask, answerWith } = door(site({ ...viewerResponse(add), cachePolicy: cachingOptimized }))
  answerWith(() => new Response('body', { headers: { 'cache-control': 'max-age=60' } }))
  for (const xCache of ['Miss from cloudfront', 'Hit from cloudfront']) {
    const response = await ask('/a')
    expect([response.headers.get('x-uri'), response.headers.get('x-cache')]).toEqual(['/a200', xCache])
    expect(await response.text()).toBe('body')
  }
})

test('a response function is not run for an origin’s errors', async () => {
  const { ask, answerWith } = door(site(viewerResponse('throw new Error()')))
  answerWith(() => new Response('not found', { status: 404 }))
  const response = await ask('/')
  expect([response.status, await response.text()]).toEqual([404, 'not found'])
})

const withErrorPage = (responseCode?: number) =>
  distributionWith(
    {
      customErrorResponses: [
        { errorCode: 404, errorCachingMinTtlSec: 10, responsePagePath: '/errors/404.html', responseCode },
        { errorCode: 504, errorCachingMinTtlSec: 0, responsePagePath: '/errors/504.html', responseCode: undefined },
      ],
    },
    behaviorNamed('/errors/*', { cachePolicy: cachingOptimized }),
    behaviorNamed('*', viewerResponse('throw new Error()')),
  )

test.each<[responseCode: number | undefined, status: number]>([
  [200, 200],
  [undefined, 404],
])('an error page takes the error’s place; its status is %s', async (responseCode, status) => {
  const { ask, asked, answerWith } = door(withErrorPage(responseCode))
  answerWith(({ target }) =>
    target === '/errors/404.html'
      ? new Response('sorry', { headers: { 'x-page': '1' } })
      : new Response('raw', { status: 404 }),
  )
  const response = await ask('/missing', { headers: { 'if-none-match': '"e"', cookie: 'a=1' } })
  expect([response.status, response.headers.get('x-page'), response.headers.get('x-cache')]).toEqual([
    status,
    '1',
    'Error from cloudfront',
  ])
  expect(await response.text()).toBe('sorry')
  expect(asked.map(({ target, headers }) => [target, headers.get('if-none-match')])).toEqual([
    ['/missing', '"e"'],
    ['/errors/404.html', null],
  ])
})

test('an error page that cannot be had leaves the error as it was', async () => {
  const { ask, answerWith } = door(withErrorPage(200))
  answerWith(() => new Response('raw', { status: 404 }))
  const missing = await ask('/missing')
  expect([missing.status, await missing.text()]).toEqual([404, 'raw'])
  answerWith(({ target }) => {
    if (target === '/missing') return new Response('raw', { status: 404 })
    throw new OriginError('origin_down')
  })
  expect((await ask('/missing')).status).toBe(404)
})

test('an origin that says nothing is 504, with the distribution’s page when it has one', async () => {
  const { ask, answerWith } = door(withErrorPage())
  answerWith(({ target }) => {
    if (target === '/errors/504.html') return new Response('patience')
    throw new OriginError(target === '/silent' ? 'origin_silent' : 'origin_down')
  })
  const silent = await ask('/silent')
  expect([silent.status, await silent.text()]).toEqual([504, 'patience'])
  const down = await ask('/down')
  expect([down.status, await down.json()]).toMatchObject([502, { code: 'UPSTREAM_UNAVAILABLE' }])
})

test('a body of unknown length is looked at by the firewall before anybody else reads it', async () => {
  const bodySize = { limitBytes: 4, action: 'block' } as const
  const { ask, asked, answerWith } = door({
    ...site({}),
    firewall: { name: 'acl', rate: undefined, bodySize, needsUserAgent: false },
  })
  answerWith(async ({ body }) => new Response(await new Response(body).text()))
  const streamed = (text: string) => ({ method: 'POST', body: new Blob([text]).stream() })
  expect(await (await ask('/', streamed('abcd'))).text()).toBe('abcd')
  expect((await ask('/', streamed('abcde'))).status).toBe(403)
  expect(asked).toHaveLength(1)
})

test('an answer of an origin is streamed: its first bytes arrive before its last are made', async () => {
  const { ask, answerWith } = door(site(viewerResponse('return event.response')))
  let end = () => undefined as unknown
  answerWith(
    () =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(Buffer.from('first'))
            end = () => controller.close()
          },
        }),
      ),
  )
  const reader = (await ask('/')).body?.getReader()
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first')
  end()
  expect((await reader?.read())?.done).toBe(true)
})

test('C2: two viewers of a signed-in page get their own, whatever its headers say', async () => {
  const { ask, answerWith } = door(site({}))
  answerWith(
    ({ headers }) =>
      new Response(headers.get('x-forwarded-for'), { headers: { 'cache-control': 'public, max-age=60' } }),
  )
  const first = await ask('/outreach', { headers: { 'x-forwarded-for': 'anna' } })
  const second = await ask('/outreach', { headers: { 'x-forwarded-for': 'bert' } })
  expect([await first.text(), await second.text()]).toEqual(['anna, 192.0.2.7', 'bert, 192.0.2.7'])
})
