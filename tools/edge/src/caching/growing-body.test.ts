import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { lengthChecked } from './body-length.ts'
import { growBody } from './growing-body.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** An origin that makes a chunk when asked for one, and counts. */
function origin(chunks: number, chunkBytes: number) {
  const made = { chunks: 0, cancelled: false }
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (made.chunks === chunks) return controller.close()
        made.chunks += 1
        controller.enqueue(new Uint8Array(chunkBytes).fill(made.chunks))
      },
      cancel() {
        made.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { source, made }
}

function grown(source: ReadableStream<Uint8Array>, limitBytes: number) {
  const onWhole = vi.fn<(bytes: Uint8Array<ArrayBuffer>) => void>()
  const onLost = vi.fn<() => void>()
  const body = growBody({ source, mayHold: (bytes) => bytes <= limitBytes, onWhole, onLost })
  return { body, onWhole, onLost }
}

function reading(body: { read(): ReadableStream<Uint8Array> | undefined }): ReadableStream<Uint8Array> {
  const stream = body.read()
  if (stream === undefined) throw new Error('the beginning is gone')
  return stream
}

const bytesOf = async (stream: ReadableStream): Promise<number> => (await new Response(stream).arrayBuffer()).byteLength

test('a body is read to its end at the origin’s pace, however slow its viewer is', async () => {
  const { source, made } = origin(100, 10)
  const { body, onWhole } = grown(source, 1000)
  const slow = reading(body).getReader()
  await body.ended
  expect([made.chunks, onWhole.mock.calls[0]?.[0].byteLength]).toEqual([100, 1000])
  expect((await slow.read()).value?.[0]).toBe(1)
})

test('one byte more than may be held: it is passed on at its viewer’s pace, and not kept', async () => {
  const { source, made } = origin(100, 10)
  const { body, onWhole, onLost } = grown(source, 999)
  const viewer = reading(body)
  await turn()
  expect(made.chunks).toBe(100)
  expect(await bytesOf(viewer)).toBe(1000)
  await body.ended
  expect([onWhole.mock.calls.length, onLost.mock.calls.length]).toEqual([0, 1])
})

test('a body without end never grows beyond what may be held and a chunk', async () => {
  const { source, made } = origin(Number.POSITIVE_INFINITY, 10)
  const { body } = grown(source, 50)
  const viewer = reading(body).getReader()
  await turn()
  expect(made.chunks).toBe(6)
  for (let chunk = 1; chunk <= 1000; chunk += 1) expect((await viewer.read()).value?.[0]).toBe(chunk % 256)
  await turn()
  expect(made.chunks).toBeLessThanOrEqual(1002)
  await viewer.cancel()
  expect(made.cancelled).toBe(true)
})

test('nobody can begin with a body whose beginning is gone', async () => {
  const { source } = origin(10, 10)
  const { body } = grown(source, 50)
  reading(body)
  await turn()
  expect(body.read()).toBeUndefined()
})

test('a body too large to hold that nobody reads is cut', async () => {
  const { source, made } = origin(Number.POSITIVE_INFINITY, 10)
  const { body, onLost } = grown(source, 50)
  await body.ended
  expect([made.cancelled, onLost.mock.calls.length]).toEqual([true, 1])
})

test('a body that breaks breaks for all its viewers, and is not kept', async () => {
  const source = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(5)),
    pull: (controller) => controller.error(new Error('reset')),
  })
  const { body, onWhole, onLost } = grown(source, 1000)
  const viewers = [reading(body), reading(body)]
  for (const viewer of viewers) await expect(bytesOf(viewer)).rejects.toThrow('reset')
  expect([onWhole.mock.calls.length, onLost.mock.calls.length]).toEqual([0, 1])
})

test.each([
  [49, 'more bytes'],
  [51, 'fewer bytes'],
])('of 50 bytes announced as %i there were %s: an error, nothing kept', async (declared, why) => {
  const { body, onWhole } = grown(lengthChecked(origin(5, 10).source, declared), 1000)
  await expect(bytesOf(reading(body))).rejects.toThrow(why)
  expect(onWhole).not.toHaveBeenCalled()
})

test('every viewer gets all bytes in order, whatever the sizes, the limit and who leaves half-way', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(
      sizes,
      fc.integer({ min: 0, max: 300 }),
      fc.array(fc.boolean(), { maxLength: 4 }),
      async (chunks, limit, leaves) => {
        const sent = chunks.map((size, index) => new Uint8Array(size).fill(index))
        const source = new ReadableStream<Uint8Array>({
          start(controller) {
            for (const chunk of sent) controller.enqueue(chunk)
            controller.close()
          },
        })
        const { body, onWhole, onLost } = grown(source, limit)
        const stays = reading(body)
        const leavers = leaves.map((reads) => ({ reads, reader: reading(body).getReader() }))
        for (const { reads, reader } of leavers) {
          if (reads) await reader.read()
          await reader.cancel()
        }
        const got = Buffer.from(await new Response(stays).arrayBuffer())
        expect(got.equals(Buffer.concat(sent))).toBe(true)
        await body.ended
        const isHeld = got.length <= limit
        expect([onWhole.mock.calls.length, onLost.mock.calls.length]).toEqual(isHeld ? [1, 0] : [0, 1])
      },
    ),
  )
})
