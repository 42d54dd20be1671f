import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const liveFunction = z.strictObject({
  /** Number of the published version that the alias names. */
  version: z.string().regex(/^\d+$/),
  /** Null: the placeholder of the infrastructure, which no release made. */
  release: z.string().nullable(),
  /** Digest of the artefact it came from. */
  artefact: sha256.nullable(),
  codeSha256: z.string(),
})

export const liveSetSchema = z.strictObject({
  /** By role. */
  functions: z.record(z.string(), liveFunction),
  /** By zone: whose files without a hash in their names are in its bucket. Absent: no release's. */
  assets: z.record(z.string(), z.strictObject({ release: z.string(), artefact: sha256 })),
})

export const liveSchema = z.strictObject({
  format: z.literal(1),
  current: liveSetSchema,
  /** What was live before, and what `rollback` goes back to. Null: nothing was. */
  previous: liveSetSchema.nullable(),
  /** Key of the record that says how it came to this. */
  record: z.string(),
})

/** What people reach at one moment. */
export type LiveSet = Readonly<z.output<typeof liveSetSchema>>
export type LiveFunction = LiveSet['functions'][string]
/** `live.json` of a stage. */
export type Live = Readonly<z.output<typeof liveSchema>>

/** Digests of every artefact that `set` needs to be what it is. */
export function artefactsOf({ functions, assets }: LiveSet): readonly string[] {
  const named = [...Object.values(functions), ...Object.values(assets)].flatMap(({ artefact }) => artefact ?? [])
  return [...new Set(named)].sort()
}

/** Digest of the one artefact that all of `set` came from. Undefined: of none, or of several. */
export function wholeOf(set: LiveSet): string | undefined {
  const [digest, ...others] = artefactsOf(set)
  const isWhole = Object.values(set.functions).every(({ artefact }) => artefact === digest)
  return others.length === 0 && isWhole ? digest : undefined
}

/** Roles whose versions differ, in the order of `to`. */
export function changedRoles(from: LiveSet, to: LiveSet): readonly string[] {
  return Object.keys(to.functions).filter((role) => to.functions[role]?.version !== from.functions[role]?.version)
}

/** Zones whose files without a hash come from another release. */
export function changedZones(from: LiveSet, to: LiveSet): readonly string[] {
  return Object.keys(to.assets).filter((zone) => to.assets[zone]?.artefact !== from.assets[zone]?.artefact)
}

/** What people see as the name of a set: one release, or the several that its functions are of. */
export function namesOf({ functions }: LiveSet): string {
  const releases = [...new Set(Object.values(functions).map(({ release }) => release ?? 'no release'))]
  return releases.length === 0 ? 'nothing' : releases.join(' and ')
}
