import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { host, type RoutingMode, type Stage, stageNames, stages, zones } from '@sax/topology'
import { siteTemplate } from '@sax/topology/cloudfront'
import { declaredRoutes } from '../../declared-routes.ts'
import type { LintModel } from '../model.ts'
import { inspectZones } from '../territory.ts'
import { readDistributionFile, readDistributionText } from './distribution-file.ts'
import { readNextProject } from './next-project.ts'
import { deployedStages, ownNames } from './own-names.ts'
import type { LintZone } from './zones-file.ts'

export interface OwnSite {
  /** Root of the repository. */
  readonly root: string
  readonly stages: readonly Stage[]
  readonly routings: readonly RoutingMode[]
}

/**
 * The site of this repository: every asked stage in every asked mode as it compiles, both applications as they are, and
 * the templates that were synthesized, if any. @throws UnreadableInput
 */
export async function readOwnSite({ root, stages: asked, routings }: OwnSite): Promise<LintModel> {
  const names = ownNames()
  const inspected = inspectZones(zones.map(asLintZone))
  const routes = declaredRoutes(root)
  const projects = zones.map((zone) => {
    const own = routes.filter((route) => route.zone === zone.name && inFolder(route.pattern, zone))
    return readNextProject({
      folder: join(root, 'apps', zone.name),
      shown: join('apps', zone.name),
      role: zone === host ? 'host' : 'zone',
      zones: inspected,
      guarded: own.filter(({ auth }) => auth === 'user').map(({ path }) => path),
      catchAllRoutes: own
        .filter(({ kind, pattern }) => kind === 'api' && pattern.includes('[...') && passesOn(root, zone, pattern))
        .map(({ pattern }) => pattern),
    })
  })
  const compiled = asked.flatMap((stage) =>
    routings.map((routing) =>
      readDistributionText(
        JSON.stringify(siteTemplate(stage, routing)),
        `packages/topology (${stage}, ${routing} routing)`,
        inspected,
        names,
      ),
    ),
  )
  const read = [
    ...compiled,
    ...synthesized(root, asked, routings).map((path) =>
      readDistributionFile(join(root, path), path, inspected, names, true),
    ),
  ]
  return {
    zonesFile: 'packages/topology/src/zones.ts',
    zones: inspected.filter(({ basePath }) => basePath !== ''),
    hostZone: inspected.find(({ basePath }) => basePath === ''),
    hosts: await Promise.all(projects),
    distributions: read.flatMap(({ distributions }) => distributions),
    templates: read.flatMap(({ template }) => template ?? []),
    names,
  }
}

function asLintZone(zone: (typeof zones)[number]): LintZone {
  const { name, basePath, assetPrefix, apiPath } = zone
  return {
    name,
    basePath,
    assetPrefix: assetPrefix === '' ? basePath : assetPrefix,
    api: [apiPath],
    domains:
      basePath === ''
        ? []
        : deployedStages.flatMap((stage) => [stages[stage].domains[name].name, ...stages[stage].domains[name].aliases]),
    origins: [],
    public: false,
  }
}

/** A catch-all that only refuses asks nobody and hands nothing on. */
function passesOn(root: string, zone: (typeof zones)[number], pattern: string): boolean {
  const file = join(root, 'apps', zone.name, 'src', 'app', pattern.slice(zone.basePath.length), 'route.ts')
  return !existsSync(file) || /\bfetch\b|\.headers\b|\.body\b|\brewrite\b/.test(readFileSync(file, 'utf8'))
}

/** API routes of a zone that are programs of their own pass no proxy of its pages. */
function inFolder(pattern: string, zone: (typeof zones)[number]): boolean {
  return zone === host || !pattern.startsWith(`${zone.apiPath}/`)
}

/** Synthesized templates of the asked stages and modes, by their names: `<stack>-<stage>[-<mode>].template.json`. */
function synthesized(root: string, asked: readonly Stage[], routings: readonly RoutingMode[]): readonly string[] {
  const folder = join('infra', 'cdk.out')
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder))
    .filter((name) => {
      const words = name.endsWith('.template.json') ? name.replace('.template.json', '').split('-') : []
      const ofOther = (all: readonly string[], wanted: readonly string[]) =>
        words.some((word) => all.includes(word) && !wanted.includes(word))
      return words.length > 0 && !ofOther(stageNames, asked) && !ofOther(['host', 'edge'], routings)
    })
    .map((name) => join(folder, name))
}
