import type { FilesOf } from './known-releases.ts'

/** What a page says of itself. */
export interface PageSeen {
  /** Undefined: it does not say. */
  readonly release: string | undefined
  /** What Next calls the build; undefined: it does not say. Two releases have two builds. */
  readonly build: string | undefined
  /** Paths of the files that it names, each once. */
  readonly files: readonly string[]
}

const RELEASE = /<html[^>]*\sdata-release="([^"]+)"/
/** First row of a flight payload, as it is or as a string in a script. @source Next.js, `InitialRSCPayload` and `NavigationFlightResponse`: `b`, the build */
const BUILD = /\\?"b\\?":\\?"([^"\\]+)\\?"/
const FILE = /(?:src|href)="(\/[^"?#]*_next\/static\/[^"?#]+)/g

export function pageSeen(html: string): PageSeen {
  return {
    release: RELEASE.exec(html)?.[1],
    build: BUILD.exec(html)?.[1],
    files: [...new Set([...html.matchAll(FILE)].flatMap(([, path]) => (path === undefined ? [] : [path])))],
  }
}

/**
 * What is wrong with what an open tab got when somebody went on in it, as clauses. Its own build goes on as before;
 * another one has to say that it is another, for by that the tab knows that it must load anew.
 */
export function navigationFaults(tab: PageSeen, payload: string, filesOf: FilesOf): readonly string[] {
  const build = BUILD.exec(payload)?.[1]
  if (build === undefined) return ['does not say of which build it is']
  if (build !== tab.build || tab.release === undefined) return []
  const own = filesOf(tab.release)
  return pageSeen(payload)
    .files.filter((path) => own?.has(path.slice(1)) === false)
    .map((path) => `says that it is of the build of ${tab.release} and names ${path}, which is not`)
}

/**
 * What is wrong with a page, as clauses. A page of one release names files of that release alone: any other means that
 * parts of two builds met in it.
 */
export function pageFaults({ release, files }: PageSeen, filesOf: FilesOf): readonly string[] {
  if (release === undefined) return ['does not say which release it is']
  const own = filesOf(release)
  if (own === undefined) return [`is of ${release}, which was never deployed`]
  if (files.length === 0) return ['names no file']
  return files
    .filter((path) => !own.has(path.slice(1)))
    .map((path) => `is of ${release} and names ${path}, which is not`)
}
