import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { webStream } from './web-stream.ts'

/** Ten chunks that wait to be read. */
const waiting = () => Readable.from(Array.from({ length: 10 }, (_, i) => Buffer.from(String(i))))
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what a stream holds comes out in its order, to the end', async () => {
  expect(await new Response(webStream(waiting())).text()).toBe('0123456789')
})

test('a reader that leaves between asking and getting harms nobody', async () => {
  const source = waiting()
  const reader = webStream(source).getReader()
  const asked = reader.read()
  await reader.cancel()
  // Node's own conversion ends the process here, with an exception that nobody can catch.
  await turn()
  expect((await asked).done).toBe(true)
  expect(source.destroyed).toBe(true)
})

test('nothing is read that nobody asked for', async () => {
  let produced = 0
  const source = new Readable({
    highWaterMark: 1,
    read() {
      produced += 1
      this.push(Buffer.from('x'))
    },
  })
  const reader = webStream(source).getReader()
  await reader.read()
  await turn()
  expect(produced).toBeLessThan(5)
  await reader.cancel()
})

test('a source that breaks, ends early or has already ended says so', async () => {
  const broken = new Readable({ read: () => undefined })
  const reading = webStream(broken).getReader().read()
  broken.destroy(new Error('broken'))
  await expect(reading).rejects.toThrow('broken')
  await expect(webStream(broken).getReader().read()).rejects.toThrow('broken')

  const early = new Readable({ read: () => undefined })
  const waitingForMore = webStream(early).getReader().read()
  early.destroy()
  await expect(waitingForMore).rejects.toThrow('ended early')

  const ended = Readable.from([])
  await ended.toArray()
  expect((await webStream(ended).getReader().read()).done).toBe(true)
})

test('who may not destroy the source says what leaving means', async () => {
  const source = waiting()
  let left = 0
  await webStream(source, () => {
    left += 1
  }).cancel()
  expect([left, source.destroyed]).toEqual([1, false])
})
