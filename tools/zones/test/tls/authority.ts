import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import type { Server } from 'node:net'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

const KEY = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 24 * 60 * 60 * 1000

/** Certificate and key of a server, and the chain it sends. PEM. */
export interface ServerIdentity {
  readonly cert: string
  readonly key: string
}

export interface Authority {
  readonly pem: string
  /** An identity for `names`; ends `days` from now. */
  readonly identity: (names: readonly string[], days?: number) => Promise<ServerIdentity>
}

/** An authority made for one test. */
export async function createAuthority(): Promise<Authority> {
  const keys = await keyPair()
  const root = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '01',
      name: 'CN=Authority of a test',
      keys,
      signingAlgorithm: KEY,
      ...validity(30),
      extensions: [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      ],
    },
    webcrypto as never,
  )
  let serial = 1
  return {
    pem: root.toString('pem'),
    identity: async (names, days = 30) => {
      serial += 1
      const own = await keyPair()
      const certificate: X509Certificate = await X509CertificateGenerator.create(
        {
          serialNumber: serial.toString(16).padStart(2, '0'),
          subject: `CN=${names[0]}`,
          issuer: root.subject,
          publicKey: own.publicKey,
          signingKey: keys.privateKey,
          signingAlgorithm: KEY,
          ...validity(days),
          extensions: [new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value })))],
        },
        webcrypto as never,
      )
      const key = Buffer.from(
        await webcrypto.subtle.exportKey('pkcs8', own.privateKey as webcrypto.CryptoKey),
      ).toString('base64')
      return {
        // The authority's own certificate goes along: Chromium looks for its key among those that the server sends.
        cert: `${certificate.toString('pem')}\n${root.toString('pem')}\n`,
        key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
      }
    },
  }
}

/** Listens on loopback and says on which port. */
export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}

function validity(days: number) {
  return { notBefore: new Date(Date.now() - 2 * 400 * DAY_MS), notAfter: new Date(Date.now() + days * DAY_MS) }
}

function keyPair() {
  return webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']) as Promise<CryptoKeyPair>
}
