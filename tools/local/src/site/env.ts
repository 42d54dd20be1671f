import type { LocalPart } from '@sax/topology'
import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535).optional()
const switchedOn = z.enum(['1', 'true']).optional()

const environment = z.object({
  /** What the console shows; every part writes at least `info` into its log file. */
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).optional(),
  CI: z.string().optional(),
  /** A PostgreSQL of your own instead of the embedded one. With it alone, it must be an administrator's connection. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_ADMIN_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  ROUTING_MODE: z.enum(['host', 'edge']).optional(),
  USER_CONTEXT_TTL_SEC: z.coerce.number().int().positive().optional(),
  CLAIMS_NAMESPACE: z.string().optional(),
  NO_COLOR: switchedOn,
  SAX_PORT_EDGE_HOST: port,
  SAX_PORT_EDGE_OUTREACH: port,
  SAX_PORT_HOST_PAGES: port,
  SAX_PORT_OUTREACH_PAGES: port,
  SAX_PORT_OUTREACH_API_ROUTES: port,
  SAX_PORT_API: port,
  SAX_PORT_OUTREACH_WORKER: port,
  SAX_PORT_IDENTITY_PROVIDER: port,
  SAX_PORT_CARRIER_SIMULATOR: port,
  SAX_PORT_POSTGRES: port,
})

export interface SiteEnvironment {
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | undefined
  readonly ci: boolean
  readonly databaseUrl: string | undefined
  readonly databaseAdminUrl: string | undefined
  readonly routing: 'host' | 'edge' | undefined
  readonly userContextTtlSec: number | undefined
  readonly claimsNamespace: string | undefined
  readonly ports: Partial<Record<LocalPart, number>>
}

/** What a person may set for `npm start`. @throws Error naming the variables that are wrong. */
export function readSiteEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): SiteEnvironment {
  const parsed = environment.safeParse(variables)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The environment cannot be used. ${faults.join('; ')}`)
  }
  const { data } = parsed
  const ports = {
    edgeHost: data.SAX_PORT_EDGE_HOST,
    edgeOutreach: data.SAX_PORT_EDGE_OUTREACH,
    hostPages: data.SAX_PORT_HOST_PAGES,
    outreachPages: data.SAX_PORT_OUTREACH_PAGES,
    outreachApiRoutes: data.SAX_PORT_OUTREACH_API_ROUTES,
    api: data.SAX_PORT_API,
    outreachWorker: data.SAX_PORT_OUTREACH_WORKER,
    identityProvider: data.SAX_PORT_IDENTITY_PROVIDER,
    carrierSimulator: data.SAX_PORT_CARRIER_SIMULATOR,
    postgres: data.SAX_PORT_POSTGRES,
  }
  return {
    logLevel: data.LOG_LEVEL,
    ci: data.CI !== undefined && data.CI !== '' && data.CI !== 'false',
    databaseUrl: data.DATABASE_URL,
    databaseAdminUrl: data.DATABASE_ADMIN_URL,
    routing: data.ROUTING_MODE,
    userContextTtlSec: data.USER_CONTEXT_TTL_SEC,
    claimsNamespace: data.CLAIMS_NAMESPACE,
    ports: Object.fromEntries(Object.entries(ports).filter(([, value]) => value !== undefined)),
  }
}

const INHERITED = [
  ...['PATH', 'HOME', 'USER', 'LANG', 'TERM', 'TMPDIR', 'TEMP', 'TMP', 'TZ'],
  ...['SystemRoot', 'windir', 'APPDATA', 'LOCALAPPDATA', 'USERPROFILE'],
]

/** What a part gets of our environment: where things are. Its settings are set for it, never picked up by chance. */
export function inheritedEnvironment(): Record<string, string> {
  const env: Record<string, string> = { NEXT_TELEMETRY_DISABLED: '1' }
  for (const name of INHERITED) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return env
}
