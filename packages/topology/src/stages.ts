import { localPorts } from './local-ports.ts'
import type { Distribution, Objectives, RoutingMode, Stage } from './types.ts'

interface StageFacts {
  /** Public name of the host zone, without scheme. On a laptop it carries the port. */
  readonly hostDomain: string
  /** Public name of the Outreach zone on its own ("standalone"). */
  readonly outreachDomain: string
  /** Other names the zone's distribution answers to; kept for readers of the old documents. */
  readonly outreachAliases: readonly string[]
  readonly scheme: 'https' | 'http'
  readonly apiBaseUrl: string
  readonly routing: RoutingMode
  readonly region: string
  readonly functionMemoryMb: number
  readonly functionTimeoutSec: number
  readonly priceClass: Distribution['priceClass']
  /** Letter of the stage inside resource names. */
  readonly letter: string
  readonly assetBucket: string
}

const REGION = 'us-east-1'

/** Where each stage lives. The one place to change a domain, a name or an account's naming scheme. */
export const stages: Readonly<Record<Stage, StageFacts>> = {
  develop: {
    hostDomain: 'dev.mydreamconnect.com',
    outreachDomain: 'outreach-dev.mydreamconnect.com',
    outreachAliases: ['outreach.mydreamconnect.com'],
    scheme: 'https',
    apiBaseUrl: 'https://0qz7d63vw2.execute-api.us-east-1.amazonaws.com/dev',
    routing: 'host',
    region: REGION,
    functionMemoryMb: 1024,
    functionTimeoutSec: 30,
    priceClass: 'PriceClass_100',
    letter: 'd',
    assetBucket: 'sax-nextjs-us-east-1-develop-outreach-assets',
  },
  staging: {
    hostDomain: 'staging.mydreamconnect.com',
    outreachDomain: 'outreach-staging.mydreamconnect.com',
    outreachAliases: [],
    scheme: 'https',
    apiBaseUrl: 'https://0qz7d63vw2.execute-api.us-east-1.amazonaws.com/staging',
    routing: 'host',
    region: REGION,
    functionMemoryMb: 1024,
    functionTimeoutSec: 30,
    priceClass: 'PriceClass_100',
    letter: 's',
    assetBucket: 'sax-nextjs-us-east-1-staging-outreach-assets',
  },
  production: {
    hostDomain: 'dreamconnect.health',
    outreachDomain: 'outreach.dreamconnect.health',
    outreachAliases: [],
    scheme: 'https',
    apiBaseUrl: 'https://api.dreamconnect.health/prod',
    routing: 'host',
    region: REGION,
    functionMemoryMb: 2048,
    functionTimeoutSec: 30,
    priceClass: 'PriceClass_All',
    letter: 'p',
    // The production bucket has no region digit; the name exists and cannot be changed without replacing it.
    assetBucket: 'sax-nextjs-us-east-production-outreach-assets',
  },
  local: laptop('local', 'l'),
  rehearsal: laptop('rehearsal', 'r'),
}

function laptop(name: 'local' | 'rehearsal', letter: string): StageFacts {
  return {
    hostDomain: `localhost:${localPorts.edgeHost}`,
    outreachDomain: `localhost:${localPorts.edgeOutreach}`,
    outreachAliases: [],
    scheme: 'http',
    apiBaseUrl: `http://localhost:${localPorts.api}`,
    routing: 'host',
    region: REGION,
    functionMemoryMb: 1024,
    functionTimeoutSec: 30,
    priceClass: 'PriceClass_100',
    letter,
    assetBucket: `sax-nextjs-us-east-1-${name}-outreach-assets`,
  }
}

export const stageNames = Object.keys(stages) as readonly Stage[]

export function isStage(name: string): name is Stage {
  return Object.hasOwn(stages, name)
}

/** What the site promises in every stage. @source the deployment checklist's monitoring section */
export const objectives: Objectives = {
  coldStartMs: 3000,
  warmMs: 500,
  staticHitRatio: 0.9,
  clientErrorRatio: 0.01,
  serverErrorRatio: 0.001,
  replyVisibleMs: 3000,
}
