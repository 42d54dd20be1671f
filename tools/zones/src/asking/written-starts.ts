import type { WrittenStart } from '@sax/probes'
import type { Bucket } from '../release/bucket.ts'
import { RECORDS } from '../release/bucket-keys.ts'
import { type ReleaseRecord, recordSchema } from '../release/record.ts'
import { ReleaseStop } from '../release/release-stop.ts'
import { readJson } from '../release/stored-json.ts'

/** Runs that are looked at, the newest first. What people reach came with one of the last, unless one part is seldom released. */
const MOST_RECORDS = 50

export interface WrittenStartsPorts {
  /** Where releases write down what they did. */
  readonly releases: Pick<Bucket, 'read' | 'keys'>
  /** Versions that people reach, by role. @throws AwsFailure */
  readonly liveVersions: () => Promise<ReadonlyMap<string, readonly string[]>>
}

/**
 * The starts of the versions that people reach, as the newest run that had to wait for them wrote them down: several of a
 * role, where it started several times. A role that no record names is missing. @throws AwsFailure
 */
export async function writtenStarts(
  roles: readonly string[],
  { releases, liveVersions }: WrittenStartsPorts,
): Promise<readonly WrittenStart[]> {
  const live = await liveVersions()
  const keys = (await releases.keys(RECORDS)).toSorted().reverse().slice(0, MOST_RECORDS)
  const found: WrittenStart[] = []
  for (const key of keys) {
    const missing = roles.filter((role) => !found.some((start) => start.role === role))
    if (missing.length === 0) break
    const record = await recordAt(releases, key)
    if (record === undefined) continue
    const { starts = [], command, release } = record
    found.push(
      ...starts
        .filter(({ role, version }) => missing.includes(role) && live.get(role)?.includes(version))
        .map(({ role, initMs, at }) => ({ role, initMs, of: `${command} of ${release} at ${at}` })),
    )
  }
  return found
}

/** Undefined: what lies there is another version's to read. */
async function recordAt(releases: Pick<Bucket, 'read'>, key: string): Promise<ReleaseRecord | undefined> {
  try {
    return (await readJson(releases, key, recordSchema))?.value
  } catch (error) {
    if (error instanceof ReleaseStop) return undefined
    throw error
  }
}
