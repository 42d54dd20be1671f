import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { host, outreach, outreachApiPath, type RoutingMode } from '@sax/topology'
import { repositoryRoot } from '../settings.ts'
import type { Part, Step } from './part.ts'
import type { SitePorts } from './ports.ts'
import type { SiteSecrets } from './secrets.ts'

export interface SiteFacts {
  readonly stage: 'local' | 'rehearsal'
  readonly mode: 'production' | 'development'
  readonly routing: RoutingMode
  readonly release: string
  readonly ports: SitePorts
  readonly secrets: SiteSecrets
  readonly dataDir: string
  readonly databaseUrl: string
  readonly databaseAdminUrl: string
  readonly userContextTtlSec: number
  readonly claimsNamespace: string
  readonly logLevel: 'debug' | 'info'
  /** Template that the front door runs instead of the topology's own for the stage. */
  readonly edgeTemplate: string | undefined
}

export interface SiteParts {
  /** Run in this order, each to its end, once the database is there. */
  readonly databaseSteps: readonly Step[]
  /** Need the database to be prepared. */
  readonly afterDatabase: readonly Part[]
  /** Need nothing to start. */
  readonly atOnce: readonly Part[]
}

/** The account that this laptop's practices have with its carrier. No real one has this number. */
const CARRIER_ACCOUNT_SID = `AC${'1386'.padStart(32, '0')}`

/** Base URLs of a site's parts, without a trailing slash. */
export function siteUrls(ports: SitePorts) {
  return {
    host: `http://localhost:${ports.edgeHost}`,
    outreach: `http://localhost:${ports.edgeOutreach}`,
    hostPages: `http://127.0.0.1:${ports.hostPages}`,
    outreachPages: `http://127.0.0.1:${ports.outreachPages}`,
    outreachApiRoutes: `http://127.0.0.1:${ports.outreachApiRoutes}`,
    api: `http://127.0.0.1:${ports.api}`,
    // The sign-in SDK refuses IP addresses.
    identityProvider: `http://localhost:${ports.identityProvider}`,
    // People open it: the page of phones is there.
    carrierSimulator: `http://localhost:${ports.carrierSimulator}`,
  }
}

/** Every process of the site with its settings. */
export function partsOfSite(facts: SiteFacts): SiteParts {
  const { ports, secrets, mode } = facts
  const urls = siteUrls(ports)
  const common = {
    STAGE: facts.stage,
    RELEASE: facts.release,
    LOG_LEVEL: facts.logLevel,
    NODE_ENV: mode,
  }
  const node = (entry: string) => (mode === 'development' ? ['--watch', '--watch-preserve-output', entry] : [entry])
  const source = (path: string) => join(repositoryRoot, path)
  const next = (port: number) => [
    source('node_modules/next/dist/bin/next'),
    ...(mode === 'development' ? ['dev'] : ['start', '--keepAliveTimeout', '70000']),
    ...['--hostname', '127.0.0.1', '--port', String(port)],
  ]
  const api = source('apps/outreach-api')
  // The carrier's account: whoever texts knows it, and what the carrier sends is signed with its token.
  const carrierAccount = { TWILIO_ACCOUNT_SID: CARRIER_ACCOUNT_SID, TWILIO_AUTH_TOKEN: secrets.carrierAuthToken }
  const carrier = { ...carrierAccount, PUBLIC_WEBHOOK_BASE_URL: urls.api }
  // Both the API and the worker have to do with pictures of patients, and with how their messages are read.
  const ofBoth = { MEDIA_DIR: join(facts.dataDir, 'media'), SENTIMENT: 'local' }
  return {
    databaseSteps: [
      {
        name: 'migrate',
        title: 'Preparing the database',
        args: ['src/migrate.ts'],
        cwd: api,
        heapMb: 256,
        env: { ...common, DATABASE_ADMIN_URL: facts.databaseAdminUrl, APP_USER_PASSWORD: secrets.appUserPassword },
      },
      {
        name: 'load-sample-data',
        title: 'Loading the sample data',
        args: ['src/load-sample-data.ts'],
        cwd: api,
        heapMb: 256,
        env: { ...common, DATABASE_ADMIN_URL: facts.databaseAdminUrl },
      },
    ],
    afterDatabase: [
      {
        name: 'outreach-api',
        title: 'Outreach API',
        args: node('src/main.ts'),
        cwd: api,
        port: ports.api,
        readyUrl: `${urls.api}${outreach.basePath}/health`,
        heapMb: 160,
        env: {
          ...common,
          PORT: String(ports.api),
          DATABASE_URL: facts.databaseUrl,
          AUTH0_CLIENT_SECRET: secrets.userContextSecret,
          ...carrier,
          ...ofBoth,
        },
      },
      {
        name: 'outreach-worker',
        title: 'Outreach worker',
        args: node('src/worker.ts'),
        cwd: api,
        port: ports.outreachWorker,
        readyUrl: `http://127.0.0.1:${ports.outreachWorker}/health`,
        heapMb: 128,
        env: {
          ...common,
          PORT: String(ports.outreachWorker),
          DATABASE_URL: facts.databaseUrl,
          ...carrier,
          TWILIO_API_BASE_URL: `http://127.0.0.1:${ports.carrierSimulator}`,
          ...ofBoth,
        },
      },
    ],
    atOnce: [
      {
        name: 'identity-provider',
        title: 'Identity provider',
        args: [source('tools/local/src/identity-provider/main.ts')],
        cwd: repositoryRoot,
        port: ports.identityProvider,
        readyUrl: `${urls.identityProvider}/.well-known/openid-configuration`,
        heapMb: 96,
        env: {
          ...common,
          PORT: String(ports.identityProvider),
          DATA_DIR: facts.dataDir,
          APP_BASE_URL: urls.host,
          CLIENT_ID: 'sleepconnect-local',
          CLIENT_SECRET: secrets.userContextSecret,
          CLAIMS_NAMESPACE: facts.claimsNamespace,
        },
      },
      {
        name: 'carrier-simulator',
        title: 'Carrier simulator',
        args: [source('tools/local/src/carrier/main.ts')],
        cwd: repositoryRoot,
        port: ports.carrierSimulator,
        readyUrl: `${urls.carrierSimulator}/health`,
        heapMb: 192,
        // The page's program is its source without the types, which Node still calls an experiment.
        harmless: /stripTypeScriptTypes|--trace-warnings/,
        env: {
          ...common,
          PORT: String(ports.carrierSimulator),
          ...carrierAccount,
          INBOUND_URL: `${urls.api}${outreach.basePath}/webhooks/twilio/inbound`,
        },
      },
      {
        name: 'outreach-api-routes',
        title: 'Outreach API routes',
        args: node('src/main.ts'),
        cwd: source('apps/outreach-api-routes'),
        port: ports.outreachApiRoutes,
        readyUrl: `${urls.outreachApiRoutes}${outreachApiPath('health')}`,
        heapMb: 96,
        env: {
          ...common,
          PORT: String(ports.outreachApiRoutes),
          API_BASE_URL: urls.api,
          PUBLIC_NAMES: [urls.host, urls.outreach].map((url) => new URL(url).host).join(','),
          AUTH0_CLIENT_SECRET: secrets.userContextSecret,
        },
      },
      {
        name: 'outreach',
        title: 'Outreach',
        args: next(ports.outreachPages),
        cwd: source('apps/outreach'),
        port: ports.outreachPages,
        readyUrl: `${urls.outreachPages}${outreach.healthPath}`,
        heapMb: mode === 'development' ? 1024 : 256,
        env: {
          ...common,
          AUTH0_CLIENT_SECRET: secrets.userContextSecret,
          SLEEPCONNECT_URL: urls.host,
          OUTREACH_URL: urls.outreach,
          OUTREACH_API_ROUTES_URL: urls.outreachApiRoutes,
        },
      },
      {
        name: 'sleepconnect',
        title: 'SleepConnect',
        args: next(ports.hostPages),
        cwd: source('apps/sleepconnect'),
        port: ports.hostPages,
        readyUrl: `${urls.hostPages}${host.healthPath}`,
        heapMb: mode === 'development' ? 1024 : 256,
        // The sign-in SDK repeats on each start that this provider speaks plain http.
        harmless: /allowInsecureRequests|insecure requests/i,
        env: {
          ...common,
          AUTH0_DOMAIN: urls.identityProvider,
          AUTH0_CLIENT_ID: 'sleepconnect-local',
          AUTH0_CLIENT_SECRET: secrets.userContextSecret,
          AUTH0_SECRET: secrets.sessionSecret,
          APP_BASE_URL: urls.host,
          OUTREACH_APP_URL: `http://127.0.0.1:${ports.edgeOutreach}`,
          CLAIMS_NAMESPACE: facts.claimsNamespace,
          USER_CONTEXT_TTL_SEC: String(facts.userContextTtlSec),
        },
      },
      {
        name: 'edge',
        title: 'Front door',
        args: [source('tools/edge/src/main.ts')],
        cwd: repositoryRoot,
        port: ports.edgeHost,
        // An ambiguous path, which the door refuses by itself whatever state the others are in.
        readyUrl: `http://127.0.0.1:${ports.edgeHost}//`,
        heapMb: 160,
        env: {
          ...common,
          ROUTING_MODE: facts.routing,
          EDGE_HOST_PORT: String(ports.edgeHost),
          EDGE_OUTREACH_PORT: String(ports.edgeOutreach),
          EDGE_WEBSOCKETS: mode === 'development' ? 'on' : 'off',
          EDGE_RESPONSE_TIMEOUT_SEC: mode === 'development' ? '180' : '30',
          // Such a template is a stage's, whose viewers come by HTTPS.
          ...(facts.edgeTemplate === undefined
            ? {}
            : { EDGE_TEMPLATE: facts.edgeTemplate, EDGE_VIEWER_PROTOCOL: 'https' }),
          ORIGIN_SLEEPCONNECT_PAGES: urls.hostPages,
          ORIGIN_OUTREACH_PAGES: urls.outreachPages,
          ORIGIN_OUTREACH_API_ROUTES: urls.outreachApiRoutes,
          // A development server makes its files on demand; a build's files lie in a folder, which stands in for S3.
          ...(mode === 'production'
            ? {
                ORIGIN_SLEEPCONNECT_ASSETS: pathToFileURL(source('apps/sleepconnect')).href,
                ORIGIN_OUTREACH_ASSETS: pathToFileURL(source('apps/outreach')).href,
              }
            : {}),
        },
      },
    ],
  }
}
