import type { Manifest } from '@sax/release'
import { sha256 } from '@sax/zones/build'
import type { Alteration } from './altered-release.ts'
import {
  CRASHING_INIT,
  devouring,
  FAILING_MIGRATION,
  failingAfter,
  inFrontOf,
  namingMissingStyles,
  slow,
} from './broken-code.ts'

/** When a broken release has to be noticed. Nobody may see more of it than this allows. */
export type Noticed =
  /** Nothing was changed: exit code 1. */
  | 'before any change'
  /** It was brought and tried by itself, and no alias moved: exit code 2. */
  | 'before people'
  /** People reached it until it was rolled back by itself: exit code 2. */
  | 'after the flip'

/** One way in which a release can be broken. */
export interface Breakage {
  readonly id: string
  readonly title: string
  /** Debts of docs/incidents.md. */
  readonly incidents: readonly string[]
  readonly noticed: Noticed
  /** What the command has to say. */
  readonly said: RegExp
  /** How the release is altered. Undefined: the release is good, and the stage is broken under it. */
  readonly alteration?: Alteration
  /** What is done to the stage instead. */
  readonly stage?: 'zone reads another secret'
}

/** Longer than any request may take while a release is tried. */
const SLOW_MS = 12_000
const BROKEN_MIGRATION = '9000_broken_on_purpose.sql'

/** The eight ways, in the order in which a release would come to them. */
export const breakages: readonly Breakage[] = [
  {
    id: 'incompatible-contract',
    title: 'B speaks a version of the API that the backend does not know',
    incidents: ['D9'],
    noticed: 'before any change',
    said: /would not understand each other/,
    alteration: { manifest: speakingAnotherApi },
  },
  {
    id: 'failing-migration',
    title: 'A migration of B fails half-way',
    incidents: ['D8'],
    noticed: 'before people',
    said: /outreach-migrations/,
    alteration: {
      packages: {
        'outreach-migrations': (contents) =>
          contents.set(`migrations/${BROKEN_MIGRATION}`, Buffer.from(FAILING_MIGRATION)),
      },
      manifest: withBrokenMigration,
    },
  },
  {
    id: 'wrong-secret',
    title: 'B verifies tokens with another secret than the host signs with',
    incidents: ['S1', 'D13'],
    noticed: 'before people',
    said: /outreach-server .*(token|answers)/,
    stage: 'zone reads another secret',
  },
  {
    id: 'crashing-init',
    title: 'The zone of B does not start',
    incidents: ['D8', 'D11'],
    noticed: 'before people',
    said: /outreach-server/,
    alteration: { packages: { 'outreach-server': (contents) => inFrontOf(contents, CRASHING_INIT) } },
  },
  {
    id: 'memory',
    title: 'The zone of B needs more memory than it has',
    incidents: ['D8'],
    noticed: 'before people',
    said: /outreach-server/,
    alteration: { packages: { 'outreach-server': (contents) => inFrontOf(contents, devouring(2048)) } },
  },
  {
    id: 'slow',
    title: 'The zone of B answers after twelve seconds',
    incidents: ['D8'],
    noticed: 'before people',
    said: /outreach-server/,
    alteration: { packages: { 'outreach-server': (contents) => inFrontOf(contents, slow(SLOW_MS)) } },
  },
  {
    id: 'missing-asset',
    title: 'Pages of B name a file that nobody has brought',
    incidents: ['C7', 'R1'],
    noticed: 'before people',
    said: /_next\/static/,
    alteration: { packages: { 'outreach-server': namingMissingStyles } },
  },
  {
    id: 'failing-when-warm',
    title: "The zone's API of B fails once it is warm",
    incidents: ['D11'],
    noticed: 'after the flip',
    said: /put back/,
    alteration: { packages: { 'outreach-api-routes': (contents) => inFrontOf(contents, failingAfter(14)) } },
  },
]

function speakingAnotherApi(manifest: Manifest): Manifest {
  const functions = manifest.functions.map((fn) => {
    const { api } = fn.contracts.speaks
    if (api === undefined) return fn
    const speaks = { ...fn.contracts.speaks, api: { ...api, version: api.version + 1 } }
    return { ...fn, contracts: { ...fn.contracts, speaks } }
  })
  return { ...manifest, functions }
}

function withBrokenMigration(manifest: Manifest): Manifest {
  const broken = { name: BROKEN_MIGRATION, sha256: sha256(FAILING_MIGRATION), kind: 'expand' as const }
  return { ...manifest, migrations: [...manifest.migrations, broken], needsMigration: BROKEN_MIGRATION }
}
