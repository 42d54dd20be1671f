import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { repositoryRoot } from '@sax/local/settings'
import type { Manifest } from '@sax/release'
import { type BuildOptions, buildRelease, openRelease, readSources } from '@sax/zones/build'

/** A release in its folder. */
export interface ReleaseAt {
  readonly folder: string
  readonly manifest: Manifest
}

export interface BuildingOptions {
  /** Gets what is being done, line by line. */
  readonly say: (line: string) => void
  readonly nowMs: () => number
  readonly signal?: AbortSignal
}

/** What is said otherwise in the second release: words of the frame of every page, so that both zones' chunks differ. */
const WORDS = { file: 'packages/ui/src/app-shell.tsx', one: 'Skip to content', other: 'Skip to the content' } as const
const OTHER_VERSION = '0.2.0'

/** The release of this checkout, built where it is not there yet. @throws BuildError */
export function builtRelease(options: BuildingOptions): Promise<ReleaseAt> {
  return builtOnce(repositoryRoot, readSources(repositoryRoot).version, options)
}

/**
 * The release of this checkout, or the one in the folder `artefact`, and another one of the same sources in which a text on every page is different. Each is
 * built where it is not there yet: a minute or two.
 * @throws BuildError; Error when the text to be changed is no longer there
 */
export async function releasePair(
  options: BuildingOptions & { readonly artefact?: string | undefined },
): Promise<{ readonly a: ReleaseAt; readonly b: ReleaseAt }> {
  const { artefact } = options
  const sources = readSources(repositoryRoot)
  const a =
    artefact === undefined
      ? await builtRelease(options)
      : { folder: resolve(artefact), manifest: await openRelease(artefact) }
  const copy = join(repositoryRoot, '.local', 'rehearsal', 'other-sources')
  rmSync(copy, { recursive: true, force: true })
  for (const file of sources.files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    copyFileSync(join(repositoryRoot, file), join(copy, file))
  }
  const path = join(copy, WORDS.file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(WORDS.one)) throw new Error(`${WORDS.file} no longer says "${WORDS.one}": choose other words`)
  writeFileSync(path, text.replaceAll(WORDS.one, WORDS.other))
  const b = await builtOnce(copy, OTHER_VERSION, options)
  return { a, b }
}

/** Builds the sources below `source`, unless the same have been built before. */
async function builtOnce(source: string, version: string, options: BuildingOptions): Promise<ReleaseAt> {
  const { say, nowMs, signal } = options
  const { digest } = readSources(source)
  const folder = join(repositoryRoot, '.local', 'releases', `${version}-${digest.slice(0, 12)}`)
  if (existsSync(folder)) return { folder, manifest: await openRelease(folder) }
  return buildRelease({ source, version, nowMs, signal, out: folder, progress: spoken(say) })
}

function spoken(say: (line: string) => void): BuildOptions['progress'] {
  return {
    step: () => ({
      now: () => undefined,
      done: async (text) => say(text),
      failed: async (text) => say(`failed: ${text}`),
    }),
  }
}
