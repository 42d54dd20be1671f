import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  const cache = join(repositoryRoot, 'node_modules', '.cache', 'sax-release')
  const folder = join(cache, readSources(repositoryRoot).digest)
  const noted = `${folder}.connections`
  if (!(await isWhole(folder))) {
    rmSync(cache, { recursive: true, force: true })
    mkdirSync(cache, { recursive: true })
    writeFileSync(noted, '')
    await buildRelease({ out: folder, progress: silent, nowMs: () => performance.now(), under: cutOff(noted) })
  }
  provide('release', folder)
  provide('connections', existsSync(noted) ? readFileSync(noted, 'utf8') : '')
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
