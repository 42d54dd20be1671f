import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { assetLayout, assetRuleOf, type OriginId, type ZoneName, zones } from '@sax/topology'
import { distributionId, siteTemplate } from '@sax/topology/cloudfront'
import type { Distribution, Origin } from './config/distribution.ts'
import { readDistributions } from './config/read-distribution.ts'
import type { EdgeEnvironment } from './env.ts'
import { createCustomOrigin } from './origins/custom.ts'
import { createFunctionUrl } from './origins/function-url.ts'
import type { OriginFetcher } from './origins/origin.ts'
import { createS3Bucket } from './origins/s3-bucket.ts'

/** Which template to run, and where. */
export type LaptopPlace = Pick<EdgeEnvironment, 'STAGE' | 'ROUTING_MODE' | 'EDGE_HOST_PORT' | 'EDGE_OUTREACH_PORT'> &
  Partial<Pick<EdgeEnvironment, 'EDGE_TEMPLATE'>>

/**
 * The distributions of the topology's template for the stage, or of the one that is named, under the names this laptop
 * reaches them by: both spellings of loopback, with the port in use.
 * @throws ConfigurationError, or RangeError when the template lacks a zone's distribution
 */
export function laptopDistributions(env: LaptopPlace): readonly Distribution[] {
  const ports: Readonly<Record<ZoneName, number>> = {
    sleepconnect: env.EDGE_HOST_PORT,
    outreach: env.EDGE_OUTREACH_PORT,
  }
  const { text, fileName } = templateFor(env)
  const { distributions } = readDistributions(text, { fileName })
  return zones.map(({ name }) => {
    const distribution = distributions.find(({ id }) => id === distributionId(name))
    if (distribution === undefined) throw new RangeError(`${fileName} has no ${distributionId(name)}`)
    return under(distribution, ports[name])
  })
}

function templateFor({ STAGE, ROUTING_MODE, EDGE_TEMPLATE }: LaptopPlace) {
  if (EDGE_TEMPLATE !== undefined) return { text: readFileSync(EDGE_TEMPLATE, 'utf8'), fileName: EDGE_TEMPLATE }
  return { text: JSON.stringify(siteTemplate(STAGE, ROUTING_MODE)), fileName: `template of ${STAGE}` }
}

/** Where each origin answers on this laptop. An asset origin may be an application's folder. */
export function laptopAddresses(env: EdgeEnvironment): Readonly<Record<OriginId, URL>> {
  return {
    'sleepconnect-pages': new URL(env.ORIGIN_SLEEPCONNECT_PAGES),
    'sleepconnect-assets': new URL(env.ORIGIN_SLEEPCONNECT_ASSETS ?? env.ORIGIN_SLEEPCONNECT_PAGES),
    'outreach-pages': new URL(env.ORIGIN_OUTREACH_PAGES),
    'outreach-assets': new URL(env.ORIGIN_OUTREACH_ASSETS ?? env.ORIGIN_OUTREACH_PAGES),
    'outreach-api-routes': new URL(env.ORIGIN_OUTREACH_API_ROUTES),
  }
}

/**
 * What answers for the distributions' origins, each with the refusals of what it stands for. A development server in
 * place of a bucket is asked as it is. `responseTimeoutSec` replaces the template's, for pages compiled on demand.
 */
export function laptopOrigins(
  distributions: readonly Distribution[],
  addresses: Readonly<Partial<Record<OriginId, URL>>>,
  responseTimeoutSec?: number,
): Readonly<Partial<Record<string, OriginFetcher>>> {
  const origins = new Map(distributions.flatMap((distribution) => [...distribution.origins]))
  const fetchers = Object.entries(addresses).flatMap(([id, url]): [string, OriginFetcher][] => {
    const origin = origins.get(id)
    if (origin === undefined) return []
    const patient = responseTimeoutSec === undefined ? origin : { ...origin, responseTimeoutSec }
    return [[id, originAt(patient, url)]]
  })
  return Object.fromEntries(fetchers)
}

function originAt(origin: Origin, url: URL): OriginFetcher {
  if (url.protocol === 'file:') return bucketOver(origin, fileURLToPath(url))
  if (origin.kind === 'function-url') return createFunctionUrl({ origin, url, protocol: 'http' })
  return createCustomOrigin({ origin, url })
}

/** A zone's bucket as its release would fill it, over the application's own folder. */
function bucketOver({ id, grants }: Origin, application: string): OriginFetcher {
  const zone = zones.find(({ name }) => id.startsWith(`${name}-`))
  const layout = zone === undefined ? [] : assetLayout(zone)
  return createS3Bucket({
    grants,
    placeOf: (key) => {
      const rule = assetRuleOf(layout, key)
      if (rule === undefined) return undefined
      const { from, keyPrefix, cacheControl } = rule
      return { folder: `${application}/${from}`, path: key.slice(keyPrefix.length), cacheControl }
    },
  })
}

/** On a laptop everybody has one address: a limit for each would be one for all. */
function under({ firewall, ...distribution }: Distribution, port: number): Distribution {
  return {
    ...distribution,
    aliases: [`localhost:${port}`, `127.0.0.1:${port}`],
    firewall: firewall && { ...firewall, rate: undefined },
  }
}
