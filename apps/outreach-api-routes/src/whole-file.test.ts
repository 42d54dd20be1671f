import { expect, test } from 'vitest'
import type { BackendAnswer, BackendRequest } from './backend.ts'
import { PART_BYTES, wholeFile } from './whole-file.ts'

const request: BackendRequest = { method: 'GET', url: 'http://backend.test/media/1', headers: { accept: 'x' } }

/** A backend with this file, which answers parts of it as a file server does. */
function backendOf(file: Uint8Array, change: (answer: BackendAnswer, call: number) => BackendAnswer = (one) => one) {
  const asked: (string | undefined)[] = []
  const send = wholeFile(async ({ headers }) => {
    asked.push(headers.range)
    const [first = 0, last = 0] = (headers.range ?? '').replace('bytes=', '').split('-').map(Number)
    const body = file.slice(first, last + 1)
    const range = `bytes ${first}-${first + body.length - 1}/${file.length}`
    const answer: BackendAnswer = {
      kind: 'answered',
      status: 206,
      headers: new Map([
        ['content-type', 'image/png'],
        ['content-range', range],
      ]),
      body: body,
    }
    return change(answer, asked.length)
  })
  return { asked, send }
}

test('a small file is asked for once', async () => {
  const { asked, send } = backendOf(Uint8Array.of(1, 2, 3))
  const answer = await send(request)
  expect(asked).toEqual(['bytes=0-4194303'])
  expect(answer).toMatchObject({ kind: 'answered', status: 200 })
  expect(answer.kind === 'answered' && [...new Uint8Array(answer.body)]).toEqual([1, 2, 3])
})

test('a large file is put together of its parts, in order', async () => {
  const file = new Uint8Array(PART_BYTES + 3).fill(7)
  file.set([1, 2, 3], PART_BYTES)
  const { asked, send } = backendOf(file)
  const answer = await send(request)
  expect(asked).toEqual(['bytes=0-4194303', 'bytes=4194304-8388607'])
  expect(answer).toMatchObject({ kind: 'answered', status: 200 })
  expect(answer.kind === 'answered' && Buffer.from(answer.body).equals(Buffer.from(file))).toBe(true)
})

test('a backend that gives the whole, or refuses, is answered as it is', async () => {
  for (const status of [200, 404, 503]) {
    const { asked, send } = backendOf(Uint8Array.of(1), (answer) => ({ ...answer, status }) as BackendAnswer)
    expect(await send(request)).toMatchObject({ status })
    expect(asked).toHaveLength(1)
  }
})

test('half a file is no file: a later part that fails is the answer', async () => {
  const file = new Uint8Array(PART_BYTES + 3)
  const { send } = backendOf(file, (answer, call) => (call === 1 ? answer : { kind: 'unreachable', status: 504 }))
  expect(await send(request)).toEqual({ kind: 'unreachable', status: 504 })
})

test('a backend that does not say how long it is, or never comes to the end, is no answer', async () => {
  const silent = backendOf(Uint8Array.of(1), (answer) => ({ ...answer, headers: new Map() }) as BackendAnswer)
  expect(await silent.send(request)).toEqual({ kind: 'unreachable', status: 502 })
  const endless = backendOf(new Uint8Array(PART_BYTES * 9))
  expect(await endless.send(request)).toEqual({ kind: 'unreachable', status: 502 })
  expect(endless.asked).toHaveLength(4)
})
