import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { closeAll, startFrontDoor } from '../test/front-door.ts'

const servers: ReturnType<typeof createServer>[] = []
afterEach(async () => {
  await closeAll()
  for (const server of servers.splice(0)) server.close()
})

/** An origin that speaks a protocol of its own after the upgrade: it repeats what it hears. */
async function upgradingOrigin(): Promise<{ readonly url: URL; readonly asked: string[] }> {
  const asked: string[] = []
  const server = createServer()
  server.on('upgrade', (request, socket) => {
    asked.push(`${request.url} ${request.headers['x-tenant-id'] ?? 'no tenant'}`)
    socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n')
    socket.pipe(socket)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), asked }
}

const head = (target: string, host: string) =>
  `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Tenant-Id: 1\r\n\r\n`

test('a WebSocket goes through, with its query and without identity headers', async () => {
  const origin = await upgradingOrigin()
  const door = await startFrontDoor({ 'outreach-assets': origin.url })
  const heard = await new Promise<string>((resolve) => {
    let text = ''
    const socket = connect(door.hostPort, '127.0.0.1', () => {
      socket.write(head('/outreach-static/_next/hmr?id=1', `localhost:${door.hostPort}`))
    })
    socket.on('data', (chunk) => {
      text += chunk
      if (text.endsWith('\r\n\r\n')) socket.write('ping')
      if (text.endsWith('ping')) socket.destroy()
    })
    socket.on('close', () => resolve(text))
  })
  expect(heard).toMatch(/^HTTP\/1\.1 101 [\s\S]*ping$/)
  expect(origin.asked).toEqual(['/outreach-static/_next/hmr?id=1 no tenant'])
})

test.each<[what: string, target: string, host: string, status: number]>([
  ['a foreign host', '/outreach-static/_next/hmr', 'evil.example', 403],
  ['an ambiguous path', '//outreach-static/_next/hmr', '', 403],
  ['an origin that is down', '/outreach', '', 502],
])('an upgrade for %s is refused', async (_what, target, host, status) => {
  const door = await startFrontDoor({ 'outreach-pages': new URL('http://127.0.0.1:9') })
  expect(await door.raw(head(target, host || `localhost:${door.hostPort}`))).toMatch(
    new RegExp(`^HTTP/1\\.1 ${status} `),
  )
})

test('an upgrade to anything but a WebSocket is refused: it would be a way around the front door', async () => {
  const origin = await upgradingOrigin()
  const door = await startFrontDoor({ 'outreach-assets': origin.url })
  const answer = await door.raw(
    head('/outreach-static/_next/hmr', `localhost:${door.hostPort}`).replace('websocket', 'h2c'),
  )
  expect(answer.split('\r\n')[0]).toBe('HTTP/1.1 403 Refused')
  expect(origin.asked).toEqual([])
})
