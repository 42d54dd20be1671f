/** What a page says of itself. */
export interface PageSeen {
  /** Undefined: it does not say. */
  readonly release: string | undefined
  /** Paths of the files that it names, each once. */
  readonly files: readonly string[]
}

const RELEASE = /<html[^>]*\sdata-release="([^"]+)"/
const FILE = /(?:src|href)="(\/[^"?#]*_next\/static\/[^"?#]+)/g

export function pageSeen(html: string): PageSeen {
  return {
    release: RELEASE.exec(html)?.[1],
    files: [...new Set([...html.matchAll(FILE)].flatMap(([, path]) => (path === undefined ? [] : [path])))],
  }
}

/**
 * What is wrong with a page, as clauses. A page of one release names files of that release alone: any other means that
 * parts of two builds met in it.
 * @param keysOf S3 keys of a release's files; undefined for a release that nobody deployed
 */
export function pageFaults(
  { release, files }: PageSeen,
  keysOf: (release: string) => ReadonlySet<string> | undefined,
): readonly string[] {
  if (release === undefined) return ['does not say which release it is']
  const keys = keysOf(release)
  if (keys === undefined) return [`is of ${release}, which was never deployed`]
  if (files.length === 0) return ['names no file']
  return files
    .filter((path) => !keys.has(path.slice(1)))
    .map((path) => `is of ${release} and names ${path}, which is not`)
}
