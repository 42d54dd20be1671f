import type { Behavior, Distribution, Origin } from '@sax/edge/config'
import { carriedZones, globOf, host, routes, stages } from '@sax/topology'
import { type Behind, behindOf } from '../explain/behind.ts'
import { type Site, zoneOf } from '../explain/site.ts'

/** A site as it is drawn. Ids are made here and hold letters and digits only; all else is text as it was found. */
export interface SitePlan {
  readonly title: string
  readonly distributions: readonly PlannedDistribution[]
  /** By zone, then in the order in which behaviours name them. */
  readonly origins: readonly PlannedOrigin[]
  /** Where the host's proxy takes requests that came to it under a zone's paths. */
  readonly carries: readonly PlannedCarry[]
}

export interface PlannedDistribution {
  readonly id: string
  readonly name: string
  /** Zone whose public name it answers to, when that is known. */
  readonly zone: string | undefined
  /** Place of the zone in the topology; of a stranger, place in the file. */
  readonly zoneIndex: number
  readonly names: readonly string[]
  readonly firewall: string | undefined
  /** Functions that run on every behaviour. */
  readonly functions: readonly string[]
  readonly behaviors: readonly PlannedBehavior[]
}

export interface PlannedBehavior {
  /** Place in CloudFront's order, from 1. */
  readonly number: number
  readonly pattern: string
  readonly cachePolicy: string
  readonly originRequestPolicy: string | undefined
  /** Id of the planned origin; undefined: the configuration names one that it does not hold. */
  readonly origin: string | undefined
  /** Functions that do not run on every behaviour. */
  readonly functions: readonly string[]
}

export interface PlannedOrigin {
  readonly id: string
  readonly name: string
  readonly zoneIndex: number
  readonly behind: Behind
}

export interface PlannedCarry {
  readonly origin: string
  readonly distribution: string
  readonly patterns: readonly string[]
}

/** What of a site is drawn, in the site's order. */
export function sitePlan(site: Site): SitePlan {
  const found = new Map<string, Origin>()
  for (const { behaviors, origins } of site.distributions) {
    for (const { targetOriginId } of behaviors) {
      const origin = origins.get(targetOriginId)
      if (origin !== undefined && !found.has(keyOf(origin))) found.set(keyOf(origin), origin)
    }
  }
  const owned = [...found].map(([key, origin]) => ({ key, origin, zoneIndex: ownerIndex(site, origin) }))
  owned.sort((a, b) => a.zoneIndex - b.zoneIndex)
  const idOf = new Map(owned.map(({ key }, i) => [key, `o${i + 1}`]))
  const idIn = ({ origins }: Distribution, originId: string) => {
    const origin = origins.get(originId)
    return origin && idOf.get(keyOf(origin))
  }
  const planned = site.distributions.map((distribution, i): PlannedDistribution => {
    const always = distribution.behaviors
      .map(functionsOf)
      .reduce((common, some) => common.filter((one) => some.includes(one)))
    const zone = zoneOf(site, distribution)
    return {
      id: `d${i + 1}`,
      name: distribution.id,
      zone,
      zoneIndex: zone === undefined ? i : zoneIndexOf(zone),
      names: distribution.aliases.length > 0 ? distribution.aliases : [distribution.domainName],
      firewall: distribution.firewall?.name,
      functions: always,
      behaviors: distribution.behaviors.map((behavior, k) => ({
        number: k + 1,
        pattern: behavior.pathPattern,
        cachePolicy: behavior.cachePolicy.name,
        originRequestPolicy: behavior.originRequestPolicy?.name,
        origin: idIn(distribution, behavior.targetOriginId),
        functions: functionsOf(behavior).filter((one) => !always.includes(one)),
      })),
    }
  })
  return {
    title: `The site: ${site.label}`,
    distributions: planned,
    origins: owned.map(({ origin, zoneIndex }, i) => ({
      id: `o${i + 1}`,
      name: origin.id,
      zoneIndex,
      behind: behindOf(origin, site),
    })),
    carries: carriesOf(site, planned, idIn),
  }
}

/** Two distributions may use one id for different things. */
function keyOf({ id, domainName }: Origin): string {
  return JSON.stringify([id, domainName])
}

function functionsOf({ viewerRequest, viewerResponse }: Behavior): readonly string[] {
  return [viewerRequest, viewerResponse].flatMap((one) => (one === undefined ? [] : [one.name]))
}

function zoneIndexOf(zone: string): number {
  return [host, ...carriedZones].findIndex(({ name }) => name === zone)
}

/** An origin has the colour of the zone that it is named after; in somebody else's site, of the first that asks it. */
function ownerIndex(site: Site, origin: Origin): number {
  if (site.stage !== undefined) {
    return [host, ...carriedZones].findIndex(({ name }) => origin.id.startsWith(`${name}-`))
  }
  return site.distributions.findIndex(({ origins }) =>
    [...origins.values()].some((one) => keyOf(one) === keyOf(origin)),
  )
}

/** The host's proxy takes a zone's paths, where the host's distribution sends them to the host's pages. */
function carriesOf(
  site: Site,
  planned: readonly PlannedDistribution[],
  idIn: (distribution: Distribution, originId: string) => string | undefined,
): readonly PlannedCarry[] {
  const { stage } = site
  const hostDistribution = site.distributions.find((one) => zoneOf(site, one) === host.name)
  const origin = hostDistribution && idIn(hostDistribution, `${host.name}-pages`)
  if (stage === undefined || hostDistribution === undefined || origin === undefined) return []
  return carriedZones.flatMap(({ name }) => {
    const target = planned.find(({ names }) => names.includes(stages[stage].domains[name].name))
    const patterns = routes
      .filter(({ zone }) => zone.name === name)
      .map(globOf)
      .filter((pattern) =>
        hostDistribution.behaviors.some(
          ({ pathPattern, targetOriginId }) => pathPattern === pattern && targetOriginId === `${host.name}-pages`,
        ),
      )
    return target === undefined || patterns.length === 0 ? [] : [{ origin, distribution: target.id, patterns }]
  })
}
