import { expect, test } from 'vitest'
import { allViewerExceptHost, asSaid, behaviorWith, optimized, site } from '../../test/caching-site.ts'
import { OriginError } from '../origins/origin.ts'

/** An origin whose answers are given by hand, in the order of asking. */
function slow() {
  const answers: PromiseWithResolvers<Response>[] = []
  const origin = (): Promise<Response> => {
    const answer = Promise.withResolvers<Response>()
    answers.push(answer)
    return answer.promise
  }
  const at = (index: number): PromiseWithResolvers<Response> => {
    const answer = answers[index]
    if (answer === undefined) throw new Error(`nobody asked ${index + 1} times`)
    return answer
  }
  return { origin, answers, at }
}

const page = (cacheControl: string, body: BodyInit = 'page'): Response =>
  new Response(body, { headers: { 'cache-control': cacheControl } })

/** Lets everything that waits for no origin happen. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('identical requests wait for the first one’s answer', async () => {
  const { origin, at, answers } = slow()
  const { get } = site(behaviorWith(asSaid), origin)
  const all = [get('/a'), get('/a'), get('/a')]
  await turn()
  expect(answers).toHaveLength(1)
  at(0).resolve(page('max-age=60'))
  const seen = await Promise.all(all)
  expect(seen.map(({ text, verdict, ageSec }) => [text, verdict, ageSec])).toEqual([
    ['page', 'Miss', undefined],
    ['page', 'Hit', 0],
    ['page', 'Hit', 0],
  ])
  expect(answers).toHaveLength(1)
})

test('requests that differ in the key do not wait for one another', async () => {
  const { origin, answers } = slow()
  const { get } = site(behaviorWith({ ...asSaid, queryStrings: { behavior: 'all' } }), origin)
  void [get('/a?1'), get('/a?2'), get('/b')]
  await turn()
  expect(answers).toHaveLength(3)
})

test.each(['private', 'no-store', 'no-cache', 'max-age=0', 's-maxage=0'])(
  'C2: when the first answer says %s, those who waited ask for themselves, all at once',
  async (cacheControl) => {
    const { origin, at, answers } = slow()
    const { get } = site(behaviorWith(asSaid), origin)
    const all = [get('/a'), get('/a'), get('/a')]
    await turn()
    at(0).resolve(page(cacheControl, 'of the first'))
    await turn()
    expect(answers).toHaveLength(3)
    at(1).resolve(page(cacheControl, 'of the second'))
    at(2).resolve(page(cacheControl, 'of the third'))
    expect((await Promise.all(all)).map(({ text }) => text)).toEqual(['of the first', 'of the second', 'of the third'])
  },
)

test('C2: under a minimum lifetime the first one’s private page goes to all who waited', async () => {
  const { origin, at } = slow()
  const { get } = site(behaviorWith(optimized), origin)
  const all = [get('/a', { cookie: 'who=anna' }), get('/a', { cookie: 'who=ben' })]
  await turn()
  at(0).resolve(page('private, no-store', 'Hello anna'))
  expect((await Promise.all(all)).map(({ text }) => text)).toEqual(['Hello anna', 'Hello anna'])
})

test('where cookies are forwarded nobody waits', async () => {
  const { origin, answers } = slow()
  const { get } = site(behaviorWith(asSaid, { originRequestPolicy: allViewerExceptHost }), origin)
  void [get('/a'), get('/a')]
  await turn()
  expect(answers).toHaveLength(2)
})

test('when the first gets no answer, those who waited get none either, and the origin is asked once', async () => {
  const { origin, at, answers } = slow()
  const { get } = site(behaviorWith(asSaid), origin)
  const all = [get('/a'), get('/a')]
  await turn()
  at(0).reject(new OriginError('origin_silent'))
  const outcomes = await Promise.allSettled(all)
  expect(outcomes.map((one) => one.status === 'rejected' && one.reason.message)).toEqual([
    'origin_silent',
    'origin_silent',
  ])
  expect(answers).toHaveLength(1)
})

test('bytes reach everyone who waits as they come', async () => {
  const { origin, at } = slow()
  const { request } = site(behaviorWith(asSaid), origin)
  const all = [request('/a'), request('/a')]
  await turn()
  const body = new TransformStream<Uint8Array, Uint8Array>()
  const writer = body.writable.getWriter()
  at(0).resolve(page('max-age=60', body.readable))
  const readers = (await Promise.all(all)).map(({ response }) => response.body?.getReader())
  await writer.write(Buffer.from('first'))
  for (const reader of readers) expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first')
  await writer.close()
  for (const reader of readers) expect((await reader?.read())?.done).toBe(true)
})

test('one who comes while the body does gets it from its first byte', async () => {
  const { origin, at, answers } = slow()
  const { request, get } = site(behaviorWith(asSaid), origin)
  const first = request('/a')
  await turn()
  const body = new TransformStream<Uint8Array, Uint8Array>()
  const writer = body.writable.getWriter()
  at(0).resolve(page('max-age=60', body.readable))
  const reader = (await first).response.body?.getReader()
  await writer.write(Buffer.from('one '))
  await reader?.read()
  const late = get('/a')
  await turn()
  await writer.write(Buffer.from('two'))
  await writer.close()
  expect([(await late).text, (await late).verdict, answers.length]).toEqual(['one two', 'Hit', 1])
})

test('the first one’s going away does not cut the others, and the object is kept', async () => {
  const { origin, at, answers } = slow()
  const { request, get, asked } = site(behaviorWith(asSaid), origin)
  const first = request('/a')
  const second = get('/a')
  await turn()
  const body = new TransformStream<Uint8Array, Uint8Array>()
  const writer = body.writable.getWriter()
  at(0).resolve(page('max-age=60', body.readable))
  const { response } = await first
  await writer.write(Buffer.from('half '))
  await response.body?.cancel()
  await writer.write(Buffer.from('and half'))
  await writer.close()
  expect([(await second).text, (await get('/a')).verdict]).toEqual(['half and half', 'Hit'])
  expect([answers.length, asked[0]?.isShared]).toEqual([1, true])
})

test('when the last viewer goes away the origin is cut, and nothing is kept', async () => {
  const { origin, at } = slow()
  const { request, caching } = site(behaviorWith(asSaid), origin)
  const all = [request('/a'), request('/a')]
  await turn()
  const reasons: unknown[] = []
  at(0).resolve(page('max-age=60', new ReadableStream({ cancel: (reason) => void reasons.push(reason) })))
  for (const { response } of await Promise.all(all)) await response.body?.cancel('gone')
  expect([reasons, caching.bytes]).toEqual([['gone'], 0])
})

test('a request for a part waits for the whole when it is on its way', async () => {
  const { origin, at, answers } = slow()
  const { get } = site(behaviorWith(asSaid), origin)
  const whole = get('/a')
  const part = get('/a', { range: 'bytes=1-2' })
  await turn()
  at(0).resolve(page('max-age=60', '0123'))
  expect([(await whole).text, (await part).status, (await part).text, answers.length]).toEqual(['0123', 206, '12', 1])
})

test('nobody waits for a request for a part', async () => {
  const { origin, answers } = slow()
  const { get, asked } = site(behaviorWith(asSaid), origin)
  void [get('/a', { range: 'bytes=1-2' }), get('/a', { 'if-none-match': '"a"' }), get('/a')]
  await turn()
  expect(answers).toHaveLength(3)
  expect(asked.map(({ isShared }) => isShared)).toEqual([false, false, true])
})
