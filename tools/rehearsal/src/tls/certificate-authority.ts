// The certificate library leans on it.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000
const AUTHORITY_DAYS = 30
const NAME_DAYS = 7
/** Clocks of containers and machines differ a little. */
const BACKDATED_MS = 3_600_000
const MAX_NAMES = 1000

/** Certificate chain and key of one name, PEM. */
export interface NameCertificate {
  /** The authority's own comes along: Chromium looks for its key among what the server sends. */
  readonly cert: string
  readonly key: string
}

export interface CertificateAuthority {
  /** Its certificate, PEM: what has to be trusted. */
  readonly pem: string
  /** File that holds it. */
  readonly file: string
  /** A certificate for exactly this name; the same for as long as it is good. */
  readonly certificateFor: (name: string) => Promise<NameCertificate>
}

const stored = z.object({ certificate: z.string(), key: z.string() })

/**
 * The authority of a data folder: made when there is none, or when the one there would end within a day. Its key lies in
 * `authority.json`, its certificate in `authority.pem`. The key never leaves the folder, and the certificate is nobody's
 * to install: programs are told to trust it one by one.
 */
export async function keptAuthority(dataDir: string, nowMs: () => number): Promise<CertificateAuthority> {
  const file = join(dataDir, 'authority.pem')
  const kept = await readAuthority(dataDir, nowMs())
  const { root, keys } = kept ?? (await makeAuthority(nowMs()))
  if (kept === undefined) {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 })
    const made = { certificate: root.toString('pem'), key: await pemOf(keys.privateKey) }
    writeWhole(join(dataDir, 'authority.json'), JSON.stringify(made), 0o600)
  }
  writeWhole(file, `${root.toString('pem')}\n`, 0o644)
  const made = new LRUCache<string, Promise<NameCertificate>>({ max: MAX_NAMES, ttl: (NAME_DAYS - 1) * DAY_MS })
  return {
    pem: `${root.toString('pem')}\n`,
    file,
    certificateFor: (name) => {
      const before = made.get(name)
      if (before !== undefined) return before
      const making = certify(name, root, keys.privateKey, nowMs())
      made.set(name, making)
      return making
    },
  }
}

interface Authority {
  readonly root: X509Certificate
  readonly keys: Pick<CryptoKeyPair, 'privateKey'>
}

/** Undefined: none, one that is about to end, or a half-written file. Nobody but us trusted it. */
async function readAuthority(dataDir: string, nowMs: number): Promise<Authority | undefined> {
  try {
    const { certificate, key } = stored.parse(JSON.parse(readFileSync(join(dataDir, 'authority.json'), 'utf8')))
    const root = new X509Certificate(certificate)
    if (root.notAfter.getTime() < nowMs + DAY_MS) return undefined
    const der = Buffer.from(key.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64')
    const privateKey = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, true, ['sign'])
    return { root, keys: { privateKey: privateKey as CryptoKey } }
  } catch {
    return undefined
  }
}

async function makeAuthority(nowMs: number): Promise<Authority> {
  const keys = await keyPair()
  const root = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: 'CN=SleepConnect rehearsal on this computer',
      keys,
      signingAlgorithm: ALGORITHM,
      ...lifetime(nowMs, AUTHORITY_DAYS),
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      ],
    },
    webcrypto as never,
  )
  return { root, keys }
}

async function certify(
  name: string,
  root: X509Certificate,
  signingKey: CryptoKey,
  nowMs: number,
): Promise<NameCertificate> {
  const own = await keyPair()
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      // A common name has 64 letters at most, names of AWS have more; nobody reads it.
      subject: 'CN=rehearsal',
      issuer: root.subject,
      publicKey: own.publicKey,
      signingKey,
      signingAlgorithm: ALGORITHM,
      ...lifetime(nowMs, NAME_DAYS),
      extensions: [
        new SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new BasicConstraintsExtension(false),
      ],
    },
    webcrypto as never,
  )
  return { cert: `${certificate.toString('pem')}\n${root.toString('pem')}\n`, key: await pemOf(own.privateKey) }
}

function lifetime(nowMs: number, days: number) {
  return { notBefore: new Date(nowMs - BACKDATED_MS), notAfter: new Date(nowMs + days * DAY_MS) }
}

/** Positive, as RFC 5280 section 4.1.2.2 asks. */
function serialNumber(): string {
  const bytes = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)))
  return `01${bytes.toString('hex').slice(2)}`
}

function keyPair(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<CryptoKeyPair>
}

async function pemOf(key: CryptoKey): Promise<string> {
  const base64 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key as webcrypto.CryptoKey)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${base64.replace(/.{64}(?=.)/g, '$&\n')}\n-----END PRIVATE KEY-----\n`
}

/** Whoever reads meanwhile sees the old file or the new one. */
function writeWhole(path: string, text: string, mode: number): void {
  writeFileSync(`${path}.new`, text, { mode })
  chmodSync(`${path}.new`, mode)
  renameSync(`${path}.new`, path)
}
