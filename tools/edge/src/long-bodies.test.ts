import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type PlainDoor, startPlainDoor } from '../test/plain-door.ts'

const GIGABYTE = 1_000_000_000
const PIECE = Buffer.alloc(65_536, 'x')

/** What origin, front door and viewer, all in this process, may take more than before: mostly pieces not yet collected. */
const MAY_GROW_BYTES = 400_000_000
/** How much of that depends on when the collector happens to run. */
const MAY_DIFFER_BYTES = 100_000_000
/** What kernel and streams may hold between two sides of whom one does not read. */
const MAY_BE_UNDER_WAY_BYTES = 30_000_000

const open: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** A door before an origin whose connections are handed to `serve`. */
async function doorBefore(serve: (socket: Socket) => void): Promise<PlainDoor> {
  const sockets = new Set<Socket>()
  const origin = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    serve(socket)
  })
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve))
  const door = await startPlainDoor(new URL(`http://127.0.0.1:${(origin.address() as AddressInfo).port}`))
  open.push(async () => {
    await door.close()
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => origin.close(resolve))
  })
  return door
}

function viewerOf(door: PlainDoor): Socket {
  const socket = connect(door.port, '127.0.0.1')
  socket.on('error', () => socket.destroy())
  open.push(async () => {
    socket.destroy()
  })
  return socket
}

/** Writes `bytes` as fast as they are taken. Answers with how many were handed over so far. */
function pour(socket: Socket, bytes: number): () => number {
  let poured = 0
  const more = () => {
    while (poured < bytes && !socket.destroyed) {
      const piece = PIECE.subarray(0, Math.min(PIECE.length, bytes - poured))
      poured += piece.length
      if (!socket.write(piece)) return void socket.once('drain', more)
    }
  }
  more()
  return () => poured
}

/** Resolves when a number has stopped growing. */
async function standstill(read: () => number): Promise<number> {
  let before = read()
  for (let same = 0; same < 5; ) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    const now = read()
    same = now === before && now > 0 ? same + 1 : 0
    before = now
  }
  return before
}

const head = (method: string, { host }: PlainDoor, fields = '') =>
  `${method} /outreach/api/outreach/x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${fields}\r\n`

test('four gigabytes pass through, and the last one needs no more memory than the first', async () => {
  const gigabytes = 4
  const bytes = gigabytes * GIGABYTE
  const door = await doorBefore((socket) => {
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n`)
      pour(socket, bytes)
    })
  })
  const peaks: number[] = []
  let received = 0
  let pieces = 0
  const viewer = viewerOf(door)
  const before = process.memoryUsage.rss()
  viewer.write(head('GET', door))
  viewer.on('data', (piece) => {
    received += piece.length
    pieces += 1
    if (pieces % 100 > 0) return
    const gigabyte = Math.min(gigabytes - 1, Math.floor(received / GIGABYTE))
    peaks[gigabyte] = Math.max(peaks[gigabyte] ?? 0, process.memoryUsage.rss())
  })
  await new Promise((resolve) => viewer.on('close', resolve))
  expect(received).toBeGreaterThanOrEqual(bytes)
  expect(peaks).toHaveLength(gigabytes)
  expect((peaks.at(-1) ?? 0) - (peaks[0] ?? 0)).toBeLessThan(MAY_DIFFER_BYTES)
  expect(Math.max(...peaks) - before).toBeLessThan(MAY_GROW_BYTES)
}, 120_000)

test('a viewer that stops reading stops the origin, and goes on where it stopped', async () => {
  const bytes = GIGABYTE / 5
  let poured = () => 0
  const door = await doorBefore((socket) => {
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n`)
      poured = pour(socket, bytes)
    })
  })
  const viewer = viewerOf(door)
  viewer.write(head('GET', door))
  let received = 0
  viewer.once('readable', () => {
    received += (viewer.read(1000) as Buffer | null)?.length ?? 0
  })
  expect(await standstill(() => poured())).toBeLessThan(MAY_BE_UNDER_WAY_BYTES)
  viewer.on('data', (piece: Buffer) => {
    received += piece.length
  })
  viewer.resume()
  await new Promise((resolve) => viewer.on('close', resolve))
  expect(received).toBeGreaterThan(bytes)
}, 60_000)

test('an origin that does not read stops the viewer', async () => {
  const door = await doorBefore((socket) => {
    socket.once('data', () => socket.pause())
  })
  const viewer = viewerOf(door)
  viewer.write(head('POST', door, `Content-Length: ${GIGABYTE}\r\n`))
  const poured = pour(viewer, GIGABYTE)
  const standing = await standstill(poured)
  expect(standing).toBeGreaterThan(0)
  expect(standing).toBeLessThan(MAY_BE_UNDER_WAY_BYTES)
}, 60_000)

test('fifty viewers that read nothing take a bounded share each', async () => {
  const counts: (() => number)[] = []
  const door = await doorBefore((socket) => {
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${GIGABYTE}\r\n\r\n`)
      counts.push(pour(socket, GIGABYTE))
    })
  })
  const before = process.memoryUsage.rss()
  for (let i = 0; i < 50; i += 1) viewerOf(door).write(head('GET', door))
  const total = await standstill(() => counts.reduce((sum, count) => sum + count(), 0))
  expect(counts).toHaveLength(50)
  expect(total).toBeLessThan(50 * MAY_BE_UNDER_WAY_BYTES)
  expect(process.memoryUsage.rss() - before).toBeLessThan(MAY_GROW_BYTES)
}, 60_000)
