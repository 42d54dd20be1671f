import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { isAlive } from './is-alive.ts'

/** The checkout this file belongs to. */
export const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url))

/** Where a site keeps its data unless told otherwise. */
export const defaultDataDir = join(repositoryRoot, '.local')

const localSite = z.object({
  stage: z.enum(['local', 'rehearsal']),
  routing: z.enum(['host', 'edge']),
  release: z.string(),
  /** Process of the supervisor. */
  pid: z.number(),
  /** Base URLs without a trailing slash. `host` and `outreach` are the front door's. */
  urls: z.object({
    host: z.string(),
    outreach: z.string(),
    hostPages: z.string(),
    outreachPages: z.string(),
    outreachApiRoutes: z.string(),
    api: z.string(),
    identityProvider: z.string(),
    carrierSimulator: z.string(),
  }),
  databaseUrl: z.string(),
  databaseAdminUrl: z.string(),
  logDir: z.string(),
  parts: z.record(z.string(), z.object({ pid: z.number(), port: z.number() })),
  userContextSecret: z.string(),
})

/** What a running site wrote into `<dataDir>/site.json` (mode 0600: it holds the secrets of this laptop). */
export type LocalSite = z.infer<typeof localSite>

/**
 * The site that runs in `dataDir` (default `.local` of this checkout), or undefined when none does. A file left
 * behind by a killed site counts as none.
 */
export function readLocalSite(dataDir: string = defaultDataDir): LocalSite | undefined {
  let text: string
  try {
    text = readFileSync(siteFile(dataDir), 'utf8')
  } catch {
    return undefined
  }
  const parsed = localSite.safeParse(parseJson(text))
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : undefined
}

/** Path of the file a running site writes. */
export function siteFile(dataDir: string): string {
  return join(dataDir, 'site.json')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
