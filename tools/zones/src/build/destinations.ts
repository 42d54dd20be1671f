import type { Manifest } from '@sax/release'
import { BuildError } from './build-error.ts'

type Output = Manifest['outputs'][number]

/** Where files of a build go. The first that matches decides. */
export interface Destination {
  readonly what: string
  readonly files: RegExp
  readonly went: Output['went']
  /** Of what is left out: why nobody misses it. */
  readonly because?: string
}

const FUNCTION = '^\\.open-next/server-functions/default/'
const inFunction = (rest: string) => new RegExp(FUNCTION + rest)

/** What OpenNext makes of a zone, all of it: a file that is not named here has no place in a release and stops it. */
export const zoneDestinations: readonly Destination[] = [
  { what: 'source maps', files: /\.map$/, went: 'private' },
  {
    what: 'tests, types and settings of packages',
    files: inFunction(
      'node_modules/(@[^/]+/)?[^/]+/(.*/)?((test|tests|__tests__|fixtures|bench|benchmarks|docs|examples?|\\.github)/.+|[^/]+\\.(d\\.[cm]?ts|[cm]?ts|tsx|md|markdown|yml|yaml|tap|flow)|(eslint\\.config|bench|tsconfig|tap|Makefile|\\.[^/]+)[^/]*)$',
    ),
    went: 'left out',
    because: 'no code asks for it when it runs',
  },
  {
    what: "Next's development server",
    files: inFunction(
      'node_modules/next/dist/(server/dev/(hot-reloader|on-demand-entry-handler|turbopack)|esm/|cli/|telemetry/).+',
    ),
    went: 'left out',
    because: 'only `next dev` and `next build` run it',
  },
  {
    what: "React's development builds, and measures of fonts",
    files: inFunction(
      'node_modules/((react|react-dom|scheduler)/cjs/.+\\.development\\.js|next/dist/server/capsize-font-metrics\\.json)$',
    ),
    went: 'left out',
    because: 'a function runs in production mode, and fonts were measured by the build',
  },
  {
    what: "React's experimental builds",
    files: inFunction(
      'node_modules/next/dist/compiled/next-server/app-(page|route)(-turbo)?-experimental\\.runtime\\.prod\\.js$',
    ),
    went: 'left out',
    because: 'no setting of a zone asks for them',
  },
  { what: 'server', files: inFunction('.+'), went: 'function' },
  { what: 'hashed files', files: /^\.open-next\/assets\/_next\/static\/.+/, went: 'asset' },
  {
    what: 'favicon',
    files: /^\.open-next\/assets\/favicon\.ico$/,
    went: 'left out',
    because: 'the function answers it, from a copy of its own',
  },
  {
    what: 'build id for a cache that is not used',
    files: /^\.open-next\/assets\/BUILD_ID$/,
    went: 'left out',
    because: 'every part says its release of itself',
  },
  {
    what: 'intermediate steps',
    files: /^\.open-next\/\.build\/.+/,
    went: 'left out',
    because: 'what is needed of it is in the function',
  },
  {
    what: "OpenNext's own description",
    files: /^\.open-next\/open-next\.output\.json$/,
    went: 'left out',
    because: 'the manifest says it; how the function is invoked was read from it',
  },
]

export interface Sorted {
  readonly byDestination: ReadonlyMap<Output['went'], ReadonlyMap<string, Uint8Array>>
  readonly outputs: readonly Output[]
}

/**
 * Sorts what a build made by where it goes, and accounts for all of it.
 * @throws BuildError `unaccounted`, naming what nobody said where to put
 */
export function sortOutputs(
  of: string,
  files: ReadonlyMap<string, Uint8Array>,
  destinations: readonly Destination[],
): Sorted {
  const byDestination = new Map<Output['went'], Map<string, Uint8Array>>()
  const counts = new Map<Destination, number>(destinations.map((destination) => [destination, 0]))
  const lost: string[] = []
  for (const [path, content] of files) {
    const destination = destinations.find((one) => one.files.test(path))
    if (destination === undefined) {
      lost.push(path)
      continue
    }
    counts.set(destination, (counts.get(destination) ?? 0) + 1)
    const there = byDestination.get(destination.went) ?? new Map<string, Uint8Array>()
    byDestination.set(destination.went, there.set(path, content))
  }
  if (lost.length > 0) {
    const named = lost.slice(0, 5).join(', ')
    throw new BuildError(
      'unaccounted',
      `The build of ${of} made ${lost.length} files that no release takes and nobody left out: ${named}. Say in destinations.ts where they go.`,
    )
  }
  const outputs = [...counts].map(([{ what, went, because }, count]) => ({
    what: `${of}: ${what}`,
    files: count,
    went,
    ...(because === undefined ? {} : { because }),
  }))
  return { byDestination, outputs }
}
