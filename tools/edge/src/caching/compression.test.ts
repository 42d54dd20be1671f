import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { behaviorWith, disabled, optimized, site } from '../../test/caching-site.ts'

const text = 'patient '.repeat(200) // 1,600 bytes
const compressing = behaviorWith(optimized, { compress: true })
const encodings = { 'accept-encoding': 'gzip, deflate, br' }
const length = (body: string): Record<string, string> => ({ 'content-length': String(body.length) })
const css = { 'content-type': 'text/css; charset=utf-8', ...length(text), etag: '"a"', 'cache-control': 'max-age=60' }

/** The bytes a viewer gets, with the headers that describe them. */
async function fetched(
  behavior: typeof compressing,
  response: () => Response,
  viewer: Record<string, string> = encodings,
) {
  const { request } = site(behavior, response)
  const answers = []
  for (let time = 0; time < 2; time += 1) {
    const answer = await request('/a.css', { headers: viewer })
    const bytes = Buffer.from(await answer.response.arrayBuffer())
    answers.push({ ...answer, bytes, encoding: answer.response.headers.get('content-encoding') })
  }
  const [first, second] = answers
  if (first === undefined || second === undefined) throw new Error('two were asked for')
  return { first, second }
}

test('what compresses well comes compressed by brotli, and is kept compressed', async () => {
  const { first, second } = await fetched(compressing, () => new Response(text, { headers: css }))
  expect([first.encoding, brotliDecompressSync(first.bytes).toString()]).toEqual(['br', text])
  expect([second.verdict, second.encoding, second.bytes.equals(first.bytes)]).toEqual(['Hit', 'br', true])
  expect(second.response.headers.get('content-length')).toBe(String(first.bytes.length))
  expect(first.bytes.length).toBeLessThan(200)
})

test('by gzip for a viewer that takes no brotli', async () => {
  const { first } = await fetched(compressing, () => new Response(text, { headers: css }), {
    'accept-encoding': 'gzip',
  })
  expect([first.encoding, gunzipSync(first.bytes).toString()]).toEqual(['gzip', text])
})

test.each<[sent: string, got: string | null]>([
  ['"a"', 'W/"a"'],
  ['W/"a"', 'W/"a"'],
  ['a', null],
])('ETag %s becomes %s', async (etag, got) => {
  const { first } = await fetched(compressing, () => new Response(text, { headers: { ...css, etag } }))
  expect(first.response.headers.get('etag')).toBe(got)
})

test('an expired compressed object is asked about by the ETag the origin gave', async () => {
  const { get, asked, passSec } = site(compressing, ({ own }) =>
    'if-none-match' in own ? new Response(null, { status: 304 }) : new Response(text, { headers: css }),
  )
  await get('/a.css', encodings)
  passSec(60)
  await get('/a.css', encodings)
  passSec(86_400)
  const again = await get('/a.css', encodings)
  expect([asked[1]?.own['if-none-match'], asked[2]?.own['if-none-match']]).toEqual(['"a"', '"a"'])
  expect([again.verdict, again.headers.get('etag')]).toEqual(['RefreshHit', 'W/"a"'])
  expect(again.headers.get('content-encoding')).toBe('br')
})

test('a Vary that names Accept-Encoding already stays as it is', async () => {
  const { first } = await fetched(
    compressing,
    () => new Response(text, { headers: { ...css, vary: 'Accept-Encoding' } }),
  )
  expect(first.response.headers.get('vary')).toBe('Accept-Encoding')
})

test('each encoding has its own object, and Vary says so', async () => {
  const { get, asked } = site(compressing, () => new Response(text, { headers: css }))
  const brotli = await get('/a.css', encodings)
  const plain = await get('/a.css')
  expect([brotli.headers.get('vary'), plain.text, asked.length]).toEqual(['Accept-Encoding', text, 2])
})

const limits = 'x'.repeat(999)
const large = 'x'.repeat(10_000_001)

test.each<
  [
    why: string,
    behavior: typeof compressing,
    body: string,
    headers: Record<string, string>,
    viewer: Record<string, string>,
  ]
>([
  ['the behaviour does not', behaviorWith(optimized), text, css, encodings],
  ['the policy caches nothing', behaviorWith(disabled, { compress: true }), text, css, encodings],
  [
    'the policy keeps no compressed objects',
    behaviorWith({ ...optimized, acceptEncodingGzip: false, acceptEncodingBrotli: false }, { compress: true }),
    text,
    css,
    encodings,
  ],
  ['the viewer takes none', compressing, text, css, { 'accept-encoding': 'zstd' }],
  ['the type is not listed', compressing, text, { ...css, 'content-type': 'image/png' }, encodings],
  ['there is no type', compressing, text, length(text), encodings],
  ['it is smaller than 1,000 bytes', compressing, limits, { ...css, ...length(limits) }, encodings],
  ['it is larger than 10,000,000 bytes', compressing, large, { ...css, ...length(large) }, encodings],
  ['it is encoded already', compressing, text, { ...css, 'content-encoding': 'identity' }, encodings],
])('nothing is compressed when %s', async (_, behavior, body, headers, viewer) => {
  const { first } = await fetched(behavior, () => new Response(Buffer.from(body), { headers }), viewer)
  expect(first.bytes.length).toBe(body.length)
})

test('what is streamed, without a length, is never compressed', async () => {
  const { first } = await fetched(compressing, () => {
    const headers = { 'content-type': 'text/html', 'transfer-encoding': 'chunked' }
    return new Response(new Blob([text]).stream(), { headers })
  })
  expect([first.encoding, first.bytes.length]).toEqual([null, 1600])
})

test.each([
  [200, 'br'],
  [403, 'br'],
  [404, 'br'],
  [400, null],
  [500, null],
])('status %i is compressed by %s', async (status, encoding) => {
  const { first } = await fetched(compressing, () => new Response(text, { status, headers: css }))
  expect(first.encoding).toBe(encoding)
})

test('a body cut short ends in an error, and is not kept', async () => {
  const { request, caching } = site(compressing, () => new Response(text.slice(1), { headers: css }))
  const { response } = await request('/a.css', { headers: encodings })
  await expect(response.arrayBuffer()).rejects.toThrow()
  expect(caching.bytes).toBe(0)
})

test('a viewer who leaves while a body is being compressed ends the origin, and nothing else', async () => {
  const bytes = 4_000_000
  let ended = 0
  const body = () => {
    let left = bytes
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = new Uint8Array(Math.min(left, 64_000)).fill(120)
        left -= chunk.length
        controller.enqueue(chunk)
        if (left === 0) controller.close()
      },
      cancel() {
        ended += 1
      },
    })
  }
  const headers = { 'content-type': 'text/css', 'content-length': String(bytes) }
  for (let time = 0; time < 40; time += 1) {
    const { request } = site(compressing, () => new Response(body(), { headers }))
    const { response } = await request('/a.css', { headers: encodings })
    const reader = response.body?.getReader()
    // Between asking for a chunk and getting it, a different moment each time.
    const asked = reader?.read()
    for (let turn = 0; turn < time % 8; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    await reader?.cancel()
    await asked
  }
  await new Promise((resolve) => setImmediate(resolve))
  expect(ended).toBe(40)
})
