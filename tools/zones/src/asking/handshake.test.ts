import { createServer, type TlsOptions } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { createAuthority, listening } from '../../test/tls/authority.ts'
import { handshakeWith } from './handshake.ts'
import { createWorld } from './world.ts'

const NAME = 'dev.mydreamconnect.com'
const authority = await createAuthority()

const ends: (() => unknown)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

async function met(options: TlsOptions, trustedPem = authority.pem) {
  const server = createServer(options, (socket) => socket.on('error', () => undefined))
  server.on('tlsClientError', () => undefined)
  const port = await listening(server)
  ends.push(() => server.close())
  return handshakeWith(NAME, createWorld({ connectTo: `127.0.0.1:${port}`, trustedPem }), Date.now)
}

test('a name with its own certificate and a floor of TLS 1.2 is as it should be', async () => {
  const answer = await met({ ...(await authority.identity([NAME], 90)), minVersion: 'TLSv1.2' })
  expect(answer).toMatchObject({ protocol: 'TLSv1.3', distrust: undefined, oldAccepted: [] })
  expect(answer.daysLeft).toBeGreaterThan(89.9)
  expect(answer.daysLeft).toBeLessThan(90.1)
})

test('a certificate of another name is told by its code', async () => {
  expect(await met(await authority.identity(['outreach-dev.mydreamconnect.com']))).toMatchObject({
    distrust: 'ERR_TLS_CERT_ALTNAME_INVALID',
  })
})

test('a certificate that nobody we trust has signed is told', async () => {
  const stranger = await createAuthority()
  expect((await met(await stranger.identity([NAME]))).distrust).toMatch(/SELF_SIGNED|UNABLE_TO|SIGNATURE/)
})

test('a certificate that has ended is told, with how long ago', async () => {
  const answer = await met(await authority.identity([NAME], -3))
  expect(answer.distrust).toBe('CERT_HAS_EXPIRED')
  expect(answer.daysLeft).toBeLessThan(-2.9)
})

test('versions that are too old are offered one by one, and those that are accepted named', async () => {
  const old = { ...(await authority.identity([NAME])), minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
  expect(await met(old)).toMatchObject({ oldAccepted: ['TLSv1', 'TLSv1.1'] })
  expect(await met({ ...old, minVersion: 'TLSv1.1' })).toMatchObject({ oldAccepted: ['TLSv1.1'] })
})

test('where nobody listens there is no answer', async () => {
  const world = createWorld({ connectTo: '127.0.0.1:1', trustedPem: authority.pem })
  await expect(handshakeWith(NAME, world, Date.now)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
