import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@sax/local/settings'
import type { TestProject } from 'vitest/node'
import { buildRelease } from '../../src/build/build-release.ts'
import { openRelease } from '../../src/build/open-release.ts'
import { readSources } from '../../src/build/sources.ts'
import { cutOff } from './cut-off.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the release of these sources. */
    readonly release: string
    /** What the programs of its build wanted from the network. */
    readonly connections: string
  }
}

/** Builds the release of these sources for all tests together, cut off from the network; again only when they change. */
export async function setup({ provide }: TestProject): Promise<void> {
  const { digest, version } = readSources(repositoryRoot)
  const releases = join(repositoryRoot, '.local', 'releases')
  // Where `zones build` puts it, so that a rehearsal finds it; one that was not built cut off has no note beside it.
  const folder = join(releases, `${version}-${digest.slice(0, 12)}`)
  const noted = `${folder}.connections`
  if (!existsSync(noted) || !(await isWhole(folder))) {
    rmSync(noted, { force: true })
    mkdirSync(releases, { recursive: true })
    const during = `${noted}.partial`
    writeFileSync(during, '')
    await buildRelease({ out: folder, progress: silent, nowMs: () => performance.now(), under: cutOff(during) })
    renameSync(during, noted)
  }
  provide('release', folder)
  provide('connections', readFileSync(noted, 'utf8'))
}

const silent = {
  step: () => ({ now: () => undefined, done: async () => undefined, failed: async () => undefined }),
}

async function isWhole(folder: string): Promise<boolean> {
  try {
    await openRelease(folder)
    return true
  } catch {
    return false
  }
}
