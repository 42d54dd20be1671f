import { type Distribution, distributions, type OriginId, type ZoneName } from '@sax/topology'
import type { EdgeEnvironment } from './env.ts'

/** The stage's distributions under the names this laptop reaches them by: both spellings of loopback, with the port in use. */
export function laptopDistributions(
  env: Pick<EdgeEnvironment, 'STAGE' | 'ROUTING_MODE' | 'EDGE_HOST_PORT' | 'EDGE_OUTREACH_PORT'>,
): readonly Distribution[] {
  const ports: Readonly<Record<ZoneName, number>> = {
    sleepconnect: env.EDGE_HOST_PORT,
    outreach: env.EDGE_OUTREACH_PORT,
  }
  return distributions(env.STAGE, env.ROUTING_MODE).map((distribution) => under(distribution, ports[distribution.zone]))
}

/** Where each origin answers on this laptop. */
export function laptopOrigins(env: EdgeEnvironment): Readonly<Record<OriginId, URL>> {
  return {
    'sleepconnect-pages': new URL(env.ORIGIN_SLEEPCONNECT_PAGES),
    'sleepconnect-assets': new URL(env.ORIGIN_SLEEPCONNECT_ASSETS ?? env.ORIGIN_SLEEPCONNECT_PAGES),
    'outreach-pages': new URL(env.ORIGIN_OUTREACH_PAGES),
    'outreach-assets': new URL(env.ORIGIN_OUTREACH_ASSETS ?? env.ORIGIN_OUTREACH_PAGES),
    'outreach-api-routes': new URL(env.ORIGIN_OUTREACH_API_ROUTES),
  }
}

function under(distribution: Distribution, port: number): Distribution {
  return { ...distribution, aliases: [`localhost:${port}`, `127.0.0.1:${port}`] }
}
