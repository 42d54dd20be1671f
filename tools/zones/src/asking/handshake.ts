import { connect, type SecureVersion, type TLSSocket } from 'node:tls'
import type { TlsAnswer } from '@sax/probes'
import type { World } from './world.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** No handshake takes longer than this, milliseconds. */
const TIMEOUT_MS = 10_000

/** Versions that must be refused. @source AWS CloudFront Developer Guide, "Supported protocols and ciphers": TLSv1.2_2021 */
const TOO_OLD: readonly SecureVersion[] = ['TLSv1', 'TLSv1.1']

/**
 * How `name` answers TLS handshakes: once as everybody makes them, and once for each version that is too old. Rejects
 * with the system's error when no connection comes about.
 */
export async function handshakeWith(name: string, world: World, nowMs: () => number): Promise<TlsAnswer> {
  const options = world.tlsOptions(name)
  const { protocol, distrust, endsMs } = await meeting(
    // Whether the certificate is good is what is asked; refusing it here would answer nothing.
    connect({ ...options, rejectUnauthorized: false }),
    (socket) => ({
      protocol: socket.getProtocol() ?? 'none',
      distrust: socket.authorized ? undefined : codeOf(socket.authorizationError),
      endsMs: Date.parse(socket.getPeerCertificate().valid_to),
    }),
  )
  const oldAccepted: string[] = []
  for (const version of TOO_OLD) {
    const old = { ...options, minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' } as const
    const met = await meeting(connect({ ...old, rejectUnauthorized: false }), () => true).catch(refusal)
    if (met) oldAccepted.push(version)
  }
  return { kind: 'tls', protocol, distrust, daysLeft: (endsMs - nowMs()) / DAY_MS, oldAccepted }
}

/** A refused version is an answer; a connection that did not come about proves nothing. */
function refusal(error: NodeJS.ErrnoException): false {
  if (error.code === 'ECONNRESET' || /^(?:EPROTO|ERR_SSL_)/.test(error.code ?? '')) return false
  throw error
}

function meeting<Seen>(socket: TLSSocket, see: (socket: TLSSocket) => Seen): Promise<Seen> {
  return new Promise<Seen>((resolve, reject) => {
    socket.setTimeout(TIMEOUT_MS, () => reject(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })))
    socket.on('error', reject)
    socket.on('secureConnect', () => resolve(see(socket)))
  }).finally(() => socket.destroy())
}

/** Node gives the error or its code, depending on its version. */
function codeOf(error: unknown): string {
  if (typeof error === 'string') return error
  return error instanceof Error && 'code' in error ? String(error.code) : 'untrusted'
}
