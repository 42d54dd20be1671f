import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { createLogger } from '@sax/logging'
import { expect, test } from 'vitest'
import { writeHopLog } from './hop-log.ts'

test('each answer leaves one line: id, method, path without its query, status, time', async () => {
  const lines: string[] = []
  let wrote: (() => void) | undefined
  const first = new Promise<void>((resolve) => {
    wrote = resolve
  })
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
      wrote?.()
    },
  })
  writeHopLog({ logger: createLogger({ service: 'outreach', destination }), nowMs: () => 5 })
  const server = createServer((request, response) => {
    request.url = '/rewritten'
    response.statusCode = 302
    response.end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await fetch(`http://127.0.0.1:${port}/outreach/templates?search=Zelda`, {
    headers: { 'x-request-id': 'abcd-1234' },
    redirect: 'manual',
  })
  await first
  server.close()
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    message: 'request',
    service: 'outreach',
    requestId: 'abcd-1234',
    method: 'GET',
    path: '/outreach/templates',
    status: 302,
    durationMs: 0,
  })
  expect(lines[0]).not.toContain('Zelda')
})
