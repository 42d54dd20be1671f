import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LintModel } from '../model.ts'
import { inspectZones } from '../territory.ts'
import { readDistributionFile } from './distribution-file.ts'
import { readNextProject } from './next-project.ts'
import { ownNames } from './own-names.ts'
import { UnreadableInput } from './unreadable-input.ts'
import { readZonesFile } from './zones-file.ts'

/** Paths as typed; they are looked for from `from` and reported as they were typed. */
export interface OtherSite {
  readonly from: string
  readonly config: string
  readonly host?: string | undefined
  readonly distributions: readonly string[]
}

/** Somebody's multi-zone site, which knows nothing of our topology. @throws UnreadableInput */
export async function readOtherSite({ from, config, host, distributions }: OtherSite): Promise<LintModel> {
  const at = (path: string) => resolve(from, path)
  if (!existsSync(at(config)) || !statSync(at(config)).isFile()) {
    throw new UnreadableInput(
      `${config} is not a file; --config takes a zones.json: {"zones":[{"name":"blog","basePath":"/blog"}]}.`,
    )
  }
  const zones = inspectZones(readZonesFile(readFileSync(at(config), 'utf8'), config))
  const names = ownNames()
  const read = distributions.map((file) => readDistributionFile(at(file), file, zones, names))
  const project = host === undefined ? [] : [readNextProject({ folder: at(host), shown: host, role: 'host', zones })]
  return {
    zonesFile: config,
    zones: zones.filter(({ basePath }) => basePath !== ''),
    hostZone: zones.find(({ basePath }) => basePath === ''),
    hosts: await Promise.all(project),
    distributions: read.flatMap((one) => one.distributions),
    templates: read.flatMap(({ template }) => template ?? []),
    names,
  }
}
