import { assetLayout, assetRuleOf, zones } from '@sax/topology'
import type { FunctionAnswer } from './function-answer.ts'
import type { ReleasePorts } from './ports.ts'
import type { StageLayout } from './stage-layout.ts'

/** Paths of built files, in tags as well as in the data that a page carries for its scripts. */
const BUILT_FILE = /(?<![\w./-])(?:\/[\w.-]+)*\/_next\/static\/[\w./~%-]+\.\w+/g

/** Paths of the built files that an answer names, each once. */
export function filesNamedIn({ headers, body }: FunctionAnswer): readonly string[] {
  return [...new Set(`${headers.link ?? ''} ${body}`.match(BUILT_FILE) ?? [])]
}

/** The bucket and the key that a path is answered from. Undefined: no bucket has such paths. */
export function placeOf({ assetBuckets }: StageLayout, path: string): { bucket: string; key: string } | undefined {
  const key = decodeURIComponent(path.slice(1))
  const zone = zones.find((one) => assetRuleOf(assetLayout(one), key) !== undefined)
  const bucket = assetBuckets.find((one) => one.zone === zone?.name)?.bucket
  return bucket === undefined ? undefined : { bucket, key }
}

/** Those of `paths` that a browser would ask for in vain. `seen` remembers what was found. */
export async function missingFiles(
  { assets }: Pick<ReleasePorts, 'assets'>,
  layout: StageLayout,
  paths: readonly string[],
  seen: Set<string>,
): Promise<readonly string[]> {
  const missing: string[] = []
  for (const path of paths) {
    if (seen.has(path)) continue
    const place = placeOf(layout, path)
    const isThere = place !== undefined && (await assets(place.bucket).sha256(place.key)) !== undefined
    if (isThere) seen.add(path)
    else missing.push(path)
  }
  return missing
}
