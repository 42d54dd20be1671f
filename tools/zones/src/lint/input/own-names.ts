import {
  assetBucketName,
  functionName,
  functionRoles,
  logGroupName,
  type Stage,
  stageNames,
  stages,
} from '@sax/topology'
import type { KnownNames } from '../model.ts'

/** Stages that are somewhere; a laptop's names belong to nobody. */
export const deployedStages: readonly Stage[] = stageNames.filter((name) => stages[name].scheme === 'https')

/** The names of the topology's stages, by which they are recognised wherever they stand. */
export function ownNames(): KnownNames {
  const stageOf = new Map<string, string>()
  const distributionNames = new Set<string>()
  const backends = new Set<string>()
  for (const stage of deployedStages) {
    const { domains, apiBaseUrl } = stages[stage]
    for (const { name, aliases } of Object.values(domains)) {
      for (const host of [name, ...aliases]) {
        stageOf.set(host, stage)
        distributionNames.add(host)
      }
    }
    const url = new URL(apiBaseUrl)
    backends.add(url.host)
    // Two stages may share a gateway and differ in its path.
    stageOf.set(url.host + url.pathname, stage)
    stageOf.set(assetBucketName(stage), stage)
    for (const role of functionRoles) stageOf.set(functionName(stage, role), stage)
  }
  return {
    stageOf,
    distributionNames,
    backends,
    functionNames: deployedStages.flatMap((stage) => functionRoles.map((role) => functionName(stage, role))),
    logGroups: deployedStages.flatMap((stage) => functionRoles.map((role) => logGroupName(stage, role))),
  }
}
