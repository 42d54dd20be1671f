import { createHash } from 'node:crypto'
import { type FunctionContracts, type Manifest, type ManifestMigration, manifestSchema } from '@sax/release'
import type { ArtefactAtHand } from '../ports.ts'

export interface TinyArtefact extends ArtefactAtHand {
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** What a function of a tiny artefact does otherwise than it should. */
export type Flaw =
  | 'fails'
  | 'has too little memory'
  | 'is slow'
  | 'names a file that is not there'
  | 'refuses the token'
  | 'lets anybody in'
  | 'says another release'
  | 'cannot send'

export interface Tiny {
  /** `1.0.0`; everything in the artefact says it. */
  readonly version: string
  readonly contracts?: Readonly<Record<string, FunctionContracts>>
  readonly migrations?: readonly Omit<ManifestMigration, 'sha256'>[]
  readonly needsMigration?: string
  readonly flaws?: Readonly<Record<string, Flaw>>
  /** Of the file without a hash in its name. Default: the version. */
  readonly logo?: string
}

export const tinyRoles = [
  'outreach-migrations',
  'outreach-api',
  'outreach-worker',
  'outreach-api-routes',
  'outreach-server',
  'sleep-connect-server',
] as const

const inBackend: ReadonlySet<string> = new Set(['outreach-migrations', 'outreach-api', 'outreach-worker'])
const none: FunctionContracts = { accepts: {}, speaks: {} }
const hex = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** An artefact of a few bytes, right in every digest. Its functions are texts that the memory stage knows how to run. */
export function tinyArtefact({
  version,
  contracts = {},
  migrations = [{ name: '0001_first.sql', kind: 'expand' }],
  needsMigration = migrations.at(-1)?.name ?? '0001_first.sql',
  flaws = {},
  logo = version,
}: Tiny): TinyArtefact {
  const sourceDigest = hex(`sources of ${version}`)
  const release = `${version}-${sourceDigest.slice(0, 12)}`
  const files = new Map<string, Uint8Array>()
  const file = (path: string, text: string) => {
    const bytes = new TextEncoder().encode(text)
    files.set(path, bytes)
    return { file: path, sha256: hex(bytes), bytes: bytes.length }
  }
  const functions = tinyRoles.map((role) => {
    const put = file(
      `functions/${role}.zip`,
      JSON.stringify({ role, release, flaw: flaws[role], migrations: migrations.map(({ name }) => name) }),
    )
    return {
      role,
      ...put,
      codeSha256: Buffer.from(put.sha256, 'hex').toString('base64'),
      unzippedBytes: put.bytes,
      files: 1,
      handler: 'index.handler',
      url: inBackend.has(role) ? 'none' : 'RESPONSE_STREAM',
      contracts: contracts[role] ?? none,
    } as const
  })
  const asset = (zone: string, key: string, text: string, hashed: boolean) => ({
    zone,
    key,
    ...file(`assets/${key}`, text),
    contentType: 'text/plain',
    cacheControl: hashed ? 'public,max-age=31536000,immutable' : 'public,max-age=86400',
    hashed,
  })
  const draft = {
    format: 1,
    release,
    sourceDigest,
    digest: '0'.repeat(64),
    commit: 'a'.repeat(40),
    committed: true,
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    functions: [...functions],
    assets: [
      asset('outreach', `outreach-static/_next/static/${version}.js`, `script of ${version}`, true),
      asset('outreach', 'outreach-static/_next/static/same.js', 'the same in every release', true),
      asset('outreach', 'outreach-static/logo of it.svg', `logo ${logo}`, false),
      asset('sleepconnect', `_next/static/${version}.js`, `host script of ${version}`, true),
    ],
    migrations: migrations.map((one) => ({ ...one, sha256: hex(one.name) })),
    needsMigration,
    privateFiles: [],
    outputs: [],
    sbom: file('sbom.json', '{}'),
    licences: file('licences.txt', 'none'),
  }
  const { bytes: _s, ...sbom } = draft.sbom
  const { bytes: _l, ...licences } = draft.licences
  const manifest: Manifest = manifestSchema.parse({ ...draft, sbom, licences, digest: hex(JSON.stringify(draft)) })
  return {
    manifest,
    files,
    file: async (path) => {
      const bytes = files.get(path)
      if (bytes === undefined) throw new Error(`${path} is not in the artefact`)
      return bytes
    },
  }
}
