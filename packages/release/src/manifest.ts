import * as z from 'zod'

/** Lower-case hexadecimal SHA-256. */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is a SHA-256 in hexadecimal')
/** Below the release's folder, with forward slashes, never absolute and never up. */
const inside = z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\]+$/, 'lies inside the folder')

/** Contracts of a function: which versions it answers to, and which single one it uses towards others. */
const contracts = z.strictObject({
  /** Versions it understands as the one who is asked, by contract: `{ api: [1], userContext: [1] }`. */
  accepts: z.record(z.string(), z.array(z.int().positive()).min(1)),
  /** The version it speaks as the one who asks, and to whom: `{ api: { version: 1, to: ['outreach-api'] } }`. */
  speaks: z.record(z.string(), z.strictObject({ version: z.int().positive(), to: z.array(z.string()).min(1) })),
})

const fn = z.strictObject({
  /** A function role of the topology, for example `outreach-server`. */
  role: z.string(),
  file: inside,
  sha256,
  /** What Lambda says of the same zip. @source AWS Lambda API Reference, "PublishVersion" (CodeSha256) */
  codeSha256: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'is a SHA-256 in base64'),
  bytes: z.int().positive(),
  unzippedBytes: z.int().positive(),
  files: z.int().positive(),
  handler: z.string(),
  /** How its function URL has to be invoked; `none`: it has none. */
  url: z.enum(['RESPONSE_STREAM', 'BUFFERED', 'none']),
  contracts,
  /** Variables without which it does not start. Absent: older than that they were written down. */
  needs: z.array(z.string()).optional(),
})

const asset = z.strictObject({
  /** Zone whose bucket it goes into. */
  zone: z.string(),
  /** S3 key: the request path without its leading slash. */
  key: z.string(),
  file: inside,
  sha256,
  bytes: z.int().nonnegative(),
  contentType: z.string(),
  cacheControl: z.string(),
  /** True when its name changes with its content, so that releases lie side by side and it is never written twice. */
  hashed: z.boolean(),
})

const migration = z.strictObject({
  /** File name, for example `0005_conversations.sql`. */
  name: z.string(),
  sha256,
  /** `expand` only adds: releases before it go on. `contract` takes away what they may still use. */
  kind: z.enum(['expand', 'contract']),
  /** Of a contract: the first migration whose releases no longer use what it takes away. */
  safeFrom: z.string().optional(),
})

/** What a build made and where it went. A release that leaves something behind says so, with the reason. */
const output = z.strictObject({
  what: z.string(),
  files: z.int().nonnegative(),
  went: z.enum(['function', 'asset', 'private', 'left out']),
  because: z.string().optional(),
})

export const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** Name of the release: version, dash, the first twelve digits of the sources' digest. Every part says it of itself. */
  release: z.string().regex(/^\d+\.\d+\.\d+-[0-9a-f]{12}$/),
  /** Digest of the sources it was built from. Equal sources, equal digest. */
  sourceDigest: sha256,
  /** Digest of everything in the folder that this manifest names. What is promoted is this. */
  digest: sha256,
  commit: z.string().regex(/^([0-9a-f]{40}|unknown)$/),
  /** False: files had changed since the commit, and only the digest says what they were. */
  committed: z.boolean(),
  runtime: z.literal('nodejs24.x'),
  architecture: z.literal('arm64'),
  functions: z.array(fn).min(1),
  assets: z.array(asset),
  migrations: z.array(migration),
  /** Migration that the database must have at least for this release to work. */
  needsMigration: z.string(),
  /** Source maps and reports: kept with the release, served to nobody. */
  privateFiles: z.array(z.strictObject({ file: inside, sha256, bytes: z.int().nonnegative() })),
  outputs: z.array(output),
  /** CycloneDX, and the licences of what is inside. */
  sbom: z.strictObject({ file: inside, sha256 }),
  licences: z.strictObject({ file: inside, sha256 }),
})

/** `manifest.json` of a release's folder. */
export type Manifest = Readonly<z.output<typeof manifestSchema>>
export type ManifestFunction = Manifest['functions'][number]
export type ManifestAsset = Manifest['assets'][number]
export type ManifestMigration = Manifest['migrations'][number]
export type FunctionContracts = ManifestFunction['contracts']
