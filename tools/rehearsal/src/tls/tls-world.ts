import { constants } from 'node:crypto'
import { createSecureContext, createServer, type SecureContext, type TLSSocket } from 'node:tls'
import { type Listening, listenOnLoopback } from '../loopback.ts'
import type { CertificateAuthority } from './certificate-authority.ts'
import { firstHost } from './first-host.ts'

/** Takes a connection whose TLS has been ended. Bytes that were read already lie in it again. */
export type Destination = (socket: TLSSocket) => void

export interface TlsWorldOptions {
  readonly authority: CertificateAuthority
  /** Where a name leads, or undefined when the world knows no such name, or nothing there has a certificate for it. */
  readonly whereTo: (name: string) => Promise<Destination | undefined>
  readonly onError: (error: unknown) => void
}

const HEAD_WITHIN_MS = 10_000

/**
 * One listener on loopback that stands for every name of the internet: it ends TLS with a certificate for the name that
 * is asked for, and hands the connection on. A name that leads nowhere gets no certificate, and the handshake fails as it
 * does at CloudFront. A connection whose first request is for another host than it was made for is answered 421; later ones
 * are judged by whoever answers them.
 * @source AWS CloudFront Developer Guide, "Troubleshooting distribution issues" (handshake of a name without a matching
 * certificate) and "Using alternate domain names" (domain fronting, 421). That the alert is handshake_failure is unverified.
 */
export async function startTlsWorld({ authority, whereTo, onError }: TlsWorldOptions): Promise<Listening> {
  const open = new Set<TLSSocket>()
  const server = createServer({
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    // Or the first answer waits until the end of the handshake is acknowledged, which is put off for 40 ms.
    noDelay: true,
    // A session that is taken up again would need no certificate, and so outlive its name.
    secureOptions: constants.SSL_OP_NO_TICKET,
    // Without a certificate there is none to fall back to: who asks for no name at all is refused as well.
    SNICallback: (servername, done) => {
      certificateOf(servername.toLowerCase()).then(
        (context) => done(null, context),
        (error: unknown) => {
          onError(error)
          done(error instanceof Error ? error : new Error('no certificate'))
        },
      )
    },
  })
  const certificateOf = async (name: string): Promise<SecureContext | undefined> =>
    (await whereTo(name)) === undefined ? undefined : createSecureContext(await authority.certificateFor(name))

  server.on('connection', (raw) => raw.on('error', () => raw.destroy()))
  server.on('secureConnection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    handOn(socket, whereTo).catch((error: unknown) => {
      onError(error)
      socket.destroy()
    })
  })
  return listenOnLoopback(server, open)
}

async function handOn(socket: TLSSocket, whereTo: TlsWorldOptions['whereTo']): Promise<void> {
  const name = servernameOf(socket)
  const host = await firstHost(socket, HEAD_WITHIN_MS)
  if (host === undefined) return void socket.destroy()
  // Whoever connects to another port than 443 says so in the Host.
  if (host.replace(/:\d+$/, '').toLowerCase() !== name) {
    socket.end('HTTP/1.1 421 Misdirected Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
    return
  }
  const destination = await whereTo(name)
  if (destination === undefined) return void socket.destroy()
  destination(socket)
}

function servernameOf(socket: TLSSocket): string {
  const { servername } = socket as { readonly servername?: unknown }
  return typeof servername === 'string' ? servername.toLowerCase() : ''
}
