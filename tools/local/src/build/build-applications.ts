import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { nextBuild } from './next-build.ts'
import { sourceHash } from './source-hash.ts'

/** The applications that have a build step. */
export const applications = ['sleepconnect', 'outreach'] as const
export type Application = (typeof applications)[number]

const records = z.record(z.string(), z.object({ hash: z.string(), buildId: z.string() }))
type Records = z.infer<typeof records>

export interface BuildOptions {
  readonly root: string
  readonly say: (message: string) => void
  readonly nowMs: () => number
  /** Ends a build that is under way, and begins no other. */
  readonly signal?: AbortSignal
  /** Runs one build. @throws Error that quotes what the build said. Default: `next build`. */
  readonly build?: (root: string, application: Application, signal?: AbortSignal) => Promise<void>
}

/**
 * Builds what changed since it was built last, one application after the other, and answers with the digest of all
 * sources together.
 */
export async function buildApplications({
  root,
  say,
  nowMs,
  signal,
  build = nextBuild,
}: BuildOptions): Promise<string> {
  const recordFile = join(root, '.local', 'build.json')
  const hashes: string[] = []
  for (const application of applications) {
    const hash = sourceHash(root, [`apps/${application}`, 'packages', 'package-lock.json', 'tsconfig.base.json'])
    hashes.push(hash)
    const known = readRecords(recordFile)[application]
    if (known?.hash === hash && known.buildId === buildIdOf(root, application)) continue
    say(`Building ${application} …`)
    const startedMs = nowMs()
    await build(root, application, signal)
    const buildId = buildIdOf(root, application)
    if (buildId === undefined) throw new Error(`building ${application} left no build behind`)
    mkdirSync(dirname(recordFile), { recursive: true, mode: 0o711 })
    writeFileSync(
      recordFile,
      `${JSON.stringify({ ...readRecords(recordFile), [application]: { hash, buildId } }, null, 2)}\n`,
    )
    say(`Built ${application} in ${((nowMs() - startedMs) / 1000).toFixed(1)} s`)
  }
  return sourceHash(root, ['apps', 'packages', 'tools/edge/src', 'package-lock.json'])
}

function buildIdOf(root: string, application: Application): string | undefined {
  const path = join(root, 'apps', application, '.next', 'BUILD_ID')
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}

function readRecords(path: string): Records {
  try {
    return records.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // None yet, or of another kind: everything is built again.
    return {}
  }
}
