import { localPorts } from './local-ports.ts'
import type { Objectives, Stage, StageFacts } from './types.ts'

const REGION = 'us-east-1'

/** Where each stage lives. The one place to change a domain, a name or an account's naming scheme. */
export const stages: Readonly<Record<Stage, StageFacts>> = {
  develop: {
    domains: {
      sleepconnect: { name: 'dev.mydreamconnect.com', aliases: [] },
      // The old documents call it outreach.mydreamconnect.com; that name stays an alias.
      outreach: { name: 'outreach-dev.mydreamconnect.com', aliases: ['outreach.mydreamconnect.com'] },
    },
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
    domains: {
      sleepconnect: { name: 'staging.mydreamconnect.com', aliases: [] },
      outreach: { name: 'outreach-staging.mydreamconnect.com', aliases: [] },
    },
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
    domains: {
      sleepconnect: { name: 'dreamconnect.health', aliases: [] },
      outreach: { name: 'outreach.dreamconnect.health', aliases: [] },
    },
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
    domains: {
      sleepconnect: { name: `localhost:${localPorts.edgeHost}`, aliases: [] },
      outreach: { name: `localhost:${localPorts.edgeOutreach}`, aliases: [] },
    },
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

/** What the site promises in every stage. @source the deployment checklist's monitoring section */
export const objectives: Objectives = {
  coldStartMs: 3000,
  warmMs: 500,
  staticHitRatio: 0.9,
  clientErrorRatio: 0.01,
  serverErrorRatio: 0.001,
  replyVisibleMs: 3000,
}
