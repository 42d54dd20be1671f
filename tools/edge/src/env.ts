import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)
const origin = z.url({ protocol: /^http$/ })
/** A server, or the folder of an application whose build stands in for a bucket. */
const assets = z.union([origin, z.url({ protocol: /^file$/ })])

const environment = z.object({
  STAGE: z.enum(['local', 'rehearsal']),
  RELEASE: z.string().min(1),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']),
  ROUTING_MODE: z.enum(['host', 'edge']),
  /** Path of a template to run instead of the topology's own for the stage; it has a routing mode of its own. */
  EDGE_TEMPLATE: z.string().min(1).optional(),
  /** What viewers count as speaking. `https`: as behind something that ends TLS, so that a stage's template does not redirect. */
  EDGE_VIEWER_PROTOCOL: z.enum(['http', 'https']).default('http'),
  /** Port of the host's distribution. */
  EDGE_HOST_PORT: port,
  /** Port of the zone's own distribution. */
  EDGE_OUTREACH_PORT: port,
  /** `on` passes WebSockets to the origins, for hot reload. */
  EDGE_WEBSOCKETS: z.enum(['on', 'off']).default('off'),
  /** How long an origin may take to answer. Compiling a page on demand can take longer than CloudFront would wait. */
  EDGE_RESPONSE_TIMEOUT_SEC: z.coerce.number().int().min(1).max(600).default(30),
  /** Bytes of answers the front door keeps at most. */
  EDGE_CACHE_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(128 * 1024 * 1024),
  ORIGIN_SLEEPCONNECT_PAGES: origin,
  ORIGIN_OUTREACH_PAGES: origin,
  ORIGIN_OUTREACH_API_ROUTES: origin,
  /** Absent: the pages' process serves the zone's static files too. */
  ORIGIN_SLEEPCONNECT_ASSETS: assets.optional(),
  ORIGIN_OUTREACH_ASSETS: assets.optional(),
})

export type EdgeEnvironment = z.infer<typeof environment>

/** The front door's settings. @throws ZodError naming the variables that are missing or wrong. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): EdgeEnvironment {
  return environment.parse(variables)
}
