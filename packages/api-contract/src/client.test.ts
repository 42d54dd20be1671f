import { describe, expect, test } from 'vitest'
import { ApiError, createApiClient } from './client.ts'

const id = '00000000-0000-0000-0000-0000000000aa'
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })

/** A client whose server answers with the given responses in turn, and what the server was asked. */
function clientOf(answers: readonly (Response | Error)[], options: { renew?: () => Promise<boolean> } = {}) {
  const asked: { url: string; method: string | undefined; body: unknown; headers: Headers }[] = []
  const queue = [...answers]
  const fetchAnswer: typeof fetch = async (url, init) => {
    asked.push({ url: String(url), method: init?.method, body: init?.body, headers: new Headers(init?.headers) })
    const next = queue.shift()
    if (next === undefined) throw new RangeError('asked more often than answered')
    if (next instanceof Error) throw next
    return next
  }
  return { asked, client: createApiClient({ baseUrl: '/zone/api', fetch: fetchAnswer, ...options }) }
}

async function refusalOf(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ApiError)) throw new Error('expected an ApiError', { cause: error })
  return error
}

describe('requests', () => {
  test('a query leaves out what is not set and encodes the rest', async () => {
    const { client, asked } = clientOf([answer(200, { data: [] })])
    await client.call('listTemplates', { query: { search: 'a&b ü', category: undefined, scope: '', limit: 20 } })
    expect(asked[0]?.url).toBe('/zone/api/templates?search=a%26b+%C3%BC&limit=20')
    expect(asked[0]?.method).toBe('GET')
    expect(asked[0]?.headers.get('x-amz-content-sha256')).toBeNull()
  })

  test('an answer without a body is no news, and no error', async () => {
    const { client } = clientOf([new Response(null, { status: 204 })])
    expect(await client.call('listChanges', { query: { after: '1-2-3' } })).toBeUndefined()
  })

  test('an id cannot leave its segment', async () => {
    const { client, asked } = clientOf([answer(200, { data: {} })])
    await client.call('getTemplate', { params: { id: '../$&/x?y' } })
    expect(asked[0]?.url).toBe('/zone/api/templates/..%2F%24%26%2Fx%3Fy')
  })

  test('a body carries the SHA-256 of its bytes, without which a function behind CloudFront refuses it', async () => {
    const { client, asked } = clientOf([answer(200, { data: {} })])
    await client.call('updateTemplate', { params: { id }, body: { version: 3, name: 'Zoë' } })
    expect(asked[0]?.body).toBe('{"version":3,"name":"Zoë"}')
    // printf '{"version":3,"name":"Zo\xc3\xab"}' | openssl dgst -sha256
    expect(asked[0]?.headers.get('x-amz-content-sha256')).toBe(
      '5a7e3c3a3ce64dc9d536e4140e27c7f4fbef55e53607f929ade77d446b50cb70',
    )
    expect(asked[0]?.headers.get('content-type')).toBe('application/json')
  })

  test('a write without a body carries the SHA-256 of nothing', async () => {
    const { client, asked } = clientOf([answer(200, { data: {} })])
    await client.call('archiveTemplate', { params: { id } })
    expect(asked[0]?.method).toBe('DELETE')
    expect(asked[0]?.headers.get('content-type')).toBeNull()
    // printf '' | openssl dgst -sha256
    expect(asked[0]?.headers.get('x-amz-content-sha256')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
  })
})

describe('files', () => {
  test('one that is sent goes as it is, with its own type and the SHA-256 of its bytes', async () => {
    const { client, asked } = clientOf([answer(201, { data: {} })])
    const body = new Blob([Uint8Array.of(0x89, 0x50, 0x4e, 0x47)], { type: 'image/png' })
    await client.call('uploadMedia', { params: { id }, body })
    expect(asked[0]?.url).toBe(`/zone/api/conversations/${id}/media`)
    expect(asked[0]?.body).toBe(body)
    expect(asked[0]?.headers.get('content-type')).toBe('image/png')
    // printf '\211PNG' | openssl dgst -sha256
    expect(asked[0]?.headers.get('x-amz-content-sha256')).toBe(
      '0f4636c78f65d3639ece5a064b5ae753e3408614a14fb18ab4d7540d2c248543',
    )
  })

  test('one that is answered comes as it is, and a refusal as a refusal', async () => {
    const { client } = clientOf([
      new Response(Uint8Array.of(1, 2, 3), { headers: { 'content-type': 'image/png' } }),
      answer(404, { code: 'NOT_FOUND', message: 'x', requestId: 'r' }),
    ])
    const file = await client.call('getMedia', { params: { id } })
    expect([file.type, [...new Uint8Array(await file.arrayBuffer())]]).toEqual(['image/png', [1, 2, 3]])
    expect((await refusalOf(client.call('getMedia', { params: { id } }))).status).toBe(404)
  })
})

describe('an ended user context', () => {
  const unauthorized = () => answer(401, { code: 'UNAUTHORIZED', message: 'Sign in again.', requestId: 'r-1' })
  const body = { name: 'Hello', category: 'general', content: 'Hi', scope: 'private' as const }

  test('S5: it is renewed once and the very same call is repeated', async () => {
    let renewals = 0
    const renew = async () => {
      renewals += 1
      return true
    }
    const { client, asked } = clientOf([unauthorized(), answer(201, { data: { id } })], { renew })
    expect(await client.call('createTemplate', { body, idempotencyKey: 'k-1' })).toEqual({ data: { id } })
    expect(renewals).toBe(1)
    expect(asked).toHaveLength(2)
    expect(asked[1]?.body).toBe(asked[0]?.body)
    expect(asked.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['k-1', 'k-1'])
  })

  test('a second refusal stands: nobody goes round in a circle', async () => {
    const { client, asked } = clientOf([unauthorized(), unauthorized()], { renew: async () => true })
    expect((await refusalOf(client.call('listPractices', {}))).status).toBe(401)
    expect(asked).toHaveLength(2)
  })

  test('without a session to renew from the call is not repeated', async () => {
    const { client, asked } = clientOf([unauthorized()], { renew: async () => false })
    expect((await refusalOf(client.call('listPractices', {}))).body.code).toBe('UNAUTHORIZED')
    expect(asked).toHaveLength(1)
  })

  test('a user context of somebody else is looked into like none, and the call is repeated when it is put right', async () => {
    const mismatch = answer(403, { code: 'CONTEXT_MISMATCH', message: 'Somebody else.', requestId: 'r-1' })
    const { client, asked } = clientOf([mismatch, answer(200, { data: [] })], { renew: async () => true })
    expect(await client.call('listPractices', {})).toEqual({ data: [] })
    expect(asked).toHaveLength(2)
  })

  test('a 403 is no reason to renew', async () => {
    const forbidden = answer(403, { code: 'FORBIDDEN', message: 'Ask a manager.', requestId: 'r-1' })
    const { client } = clientOf([forbidden], { renew: async () => Promise.reject(new Error('renewed')) })
    expect((await refusalOf(client.call('listPractices', {}))).body.code).toBe('FORBIDDEN')
  })
})

describe('errors', () => {
  test("the API's own error arrives as it is, details included", async () => {
    const sent = {
      code: 'VERSION_CONFLICT',
      message: 'Changed meanwhile.',
      requestId: 'r-9',
      details: { current: { version: 4 } },
    }
    const { client } = clientOf([answer(409, sent)])
    const error = await refusalOf(client.call('getTemplate', { params: { id } }))
    expect([error.status, error.body]).toEqual([409, sent])
  })

  test.each<[what: string, response: Response, status: number, code: string]>([
    ["a proxy's page", answer(502, '<html>Bad gateway</html>'), 502, 'UPSTREAM_UNAVAILABLE'],
    ['an empty answer', answer(504, ''), 504, 'UPSTREAM_UNAVAILABLE'],
    ['a text under `error`', answer(500, { error: 'boom' }), 500, 'INTERNAL_ERROR'],
    ['an object under `error`', answer(400, { error: { message: 'boom' } }), 400, 'INTERNAL_ERROR'],
    ['an object under `message`', answer(500, { code: 'X', message: { text: 'boom' } }), 500, 'INTERNAL_ERROR'],
    ['a code that is no text', answer(500, { code: { a: 1 }, message: 'boom', requestId: 'r' }), 500, 'INTERNAL_ERROR'],
    ['null', answer(500, null), 500, 'INTERNAL_ERROR'],
    ['a page in place of data', answer(200, '<html>Sign in</html>'), 200, 'UPSTREAM_UNAVAILABLE'],
  ])('A8: %s becomes the one error shape, in words', async (_what, response, status, code) => {
    const { client } = clientOf([response])
    const error = await refusalOf(client.call('listPractices', {}))
    expect([error.status, error.body.code]).toEqual([status, code])
    expect(error.message).toMatch(/^The server .+\.$/)
    expect(error.message).not.toMatch(/\[object|boom|html/)
  })

  test('the request id of a foreign error is taken from the header, so that it can be looked up', async () => {
    const { client } = clientOf([answer(503, 'x', { 'x-request-id': 'r-77' })])
    expect((await refusalOf(client.call('listPractices', {}))).body.requestId).toBe('r-77')
  })

  test('no answer at all is status 0', async () => {
    const { client } = clientOf([new TypeError('fetch failed')])
    const error = await refusalOf(client.call('listPractices', {}))
    expect([error.status, error.body.code]).toEqual([0, 'UPSTREAM_UNAVAILABLE'])
  })

  test('a call that was called off is no error of the API', async () => {
    const off = new DOMException('off', 'AbortError')
    const { client } = clientOf([off])
    await expect(client.call('listPractices', {})).rejects.toBe(off)
  })
})
