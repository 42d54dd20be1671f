import type { FilesOf } from './known-releases.ts'

/** What a page says of itself. */
export interface PageSeen {
  /** Undefined: it does not say. */
  readonly release: string | undefined
  /** What Next calls the build, in a page of the zone: the data of its pages lies under it. Two releases have two builds. */
  readonly build: string | undefined
  /** Paths of the files that it names, each once. */
  readonly files: readonly string[]
}

const RELEASE = /<html[^>]*\sdata-release="([^"]+)"/
/** @source Next.js, `__NEXT_DATA__` */
const BUILD = /"buildId":"([^"]+)"/
const FILE = /(?:src|href)="(\/[^"?#]*_next\/static\/[^"?#]+)/g

export function pageSeen(html: string): PageSeen {
  return {
    release: RELEASE.exec(html)?.[1],
    build: BUILD.exec(html)?.[1],
    files: [...new Set([...html.matchAll(FILE)].flatMap(([, path]) => (path === undefined ? [] : [path])))],
  }
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
