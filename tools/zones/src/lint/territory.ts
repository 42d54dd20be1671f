import {
  difference,
  exactly,
  includes,
  intersection,
  isEmpty,
  ofGlob,
  ofNextSource,
  type PathLanguage,
  under,
  union,
  witness,
} from '../paths/path-language.ts'
import type { LintZone } from './input/zones-file.ts'
import type { InspectedZone, Shares } from './model.ts'

/** Where Next.js projects keep their API routes, whatever a zone declares. */
const API_FOLDER = 'api'

/** What each zone owns. Paths below another zone's, deeper prefix belong to that zone. */
export function inspectZones(zones: readonly LintZone[]): readonly InspectedZone[] {
  const slashAtEnd = ofGlob('*/')
  const dotted = ofGlob('*.*')
  /** Below a prefix, with a name in every segment: the other paths are redirected or refused before. */
  const below = (prefix: string) =>
    difference(ofNextSource(`${literal(prefix)}/:segment+`, { caseSensitive: true }), slashAtEnd)
  return zones.map((zone) => {
    const { basePath, assetPrefix } = zone
    const [tree, ...trees] = zone.api.map(below)
    const apiRoutes = tree === undefined ? nothing() : union(tree, ...trees)
    const deeper = zones
      .filter((other) => other.basePath.startsWith(`${basePath}/`))
      .map((other) => under(other.basePath))
    // `/blog/API/x` is no page of the blog either: it is its API in a spelling that only some matchers know.
    const inAnyCase = (path: string) => ofNextSource(`${literal(path)}/:rest*`, { caseSensitive: false })
    const elsewhere = [
      ...zone.api.filter((path) => holds(basePath, path)).map(inAnyCase),
      inAnyCase(`${basePath}/_next`),
      ...(assetPrefix !== undefined && assetPrefix !== basePath && holds(basePath, assetPrefix)
        ? [inAnyCase(assetPrefix)]
        : []),
      ...deeper,
    ]
    const pages = elsewhere.reduce(difference, below(basePath))
    return {
      ...zone,
      exact: exactly(basePath === '' ? '/' : basePath),
      pages,
      plainPages: [dotted, inAnyCase(`${basePath}/${API_FOLDER}`)].reduce(difference, pages),
      apiRoutes,
      assets: assetPrefix === undefined ? undefined : below(`${assetPrefix}/_next`),
    }
  })
}

function holds(prefix: string, path: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`)
}

/** The prefix as path-to-regexp reads it: every sign stands for itself. */
function literal(prefix: string): string {
  return prefix.replaceAll(/[:*+?(){}\\.]/g, '\\$&')
}

export function nothing(): PathLanguage {
  return exactly('')
}

/** What a set of paths shares with each zone. */
export function sharesOf(language: PathLanguage, zones: readonly InspectedZone[]): ReadonlyMap<string, Shares> {
  return new Map(
    zones.map((zone) => [
      zone.name,
      {
        exact: pathInBoth(language, zone.exact, zone),
        pages: pathInBoth(language, zone.pages, zone),
        plainPages: pathInBoth(language, zone.plainPages, zone),
        api: pathInBoth(language, zone.apiRoutes, zone),
        assets: zone.assets === undefined ? undefined : pathInBoth(language, zone.assets, zone),
      },
    ]),
  )
}

/** The path of a zone's that says most: its API before its pages, its files last. */
export function telling({ takes }: { readonly takes: ReadonlyMap<string, Shares> }, zones: readonly InspectedZone[]) {
  return zones
    .map(({ name }) => takes.get(name))
    .flatMap((one) => one?.api ?? one?.plainPages ?? one?.exact ?? one?.pages ?? one?.assets ?? [])[0]
}

/** Whether two sets share a path, and if so one that a person recognises. */
export function pathInBoth(a: PathLanguage, b: PathLanguage, zone?: LintZone): string | undefined {
  const both = intersection(a, b)
  return isEmpty(both) ? undefined : pathOf(both, zone)
}

/** A path of a set that is not empty: one the zone is likely to have, or else a shortest one. */
export function pathOf(language: PathLanguage, zone?: LintZone): string {
  const likely = zone === undefined ? [] : samples(zone)
  return likely.find((path) => includes(language, path)) ?? witness(language) ?? '/'
}

function samples({ basePath, assetPrefix, api }: LintZone): readonly string[] {
  return [
    ...api.flatMap((tree) => [`${tree}/templates`, `${tree}/x`]),
    `${assetPrefix}/_next/static/chunks/main.js`,
    basePath,
    `${basePath}/conversations`,
    `${basePath}/x`,
  ]
}
