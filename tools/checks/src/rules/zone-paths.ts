import { host, hostPath, zones } from '@sax/topology'
import type { Check } from '../check.ts'
import { isTest, moduleFiles } from '../source/file-kinds.ts'

const prefixes = [
  ...zones.flatMap((zone) => [zone.basePath, zone.assetPrefix, zone.apiPath]),
  host.apiPath,
  hostPath('login'),
].filter((path) => path !== '')

/** The prefix at the start of a path or right after a host name or an inserted value, and nothing more of the same word. */
const LITERAL = new RegExp(
  `(?:^|[^\\w.@*-]|localhost:\\d+|127\\.0\\.0\\.1:\\d+)(${[...new Set(prefixes)].join('|')})(?![\\w-])`,
)

/**
 * Where a literal of this shape is no path of the site, with the reason.
 * The backend's own base path is spelled like the zone's, and is not the same thing.
 */
const allowed: Readonly<Record<string, string>> = {}

/** Paths of the zones are spelled in the topology. A prefix written by hand is missing or doubled sooner or later. */
export const zonePaths: Check = {
  name: 'zone paths',
  run: (tree) =>
    moduleFiles(tree)
      .filter((file) => /^(apps|infra|tools|e2e|packages\/ui)\//.test(file))
      .filter((file) => !isTest(file) && !Object.hasOwn(allowed, file))
      .flatMap((file) =>
        tree.module(file).texts.flatMap(({ value, line }) => {
          const found = LITERAL.exec(value)?.[1]
          return found === undefined
            ? []
            : [{ file, line, why: `spells the path ${found} by hand`, fix: 'take it from @sax/topology' }]
        }),
      ),
}
