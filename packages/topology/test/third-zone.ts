import type { Site } from '../src/types.ts'
import { host, outreach } from '../src/zones.ts'

/** A zone that this site does not have: what adding one takes. */
export const scheduling = {
  name: 'scheduling',
  basePath: '/scheduling',
  assetPrefix: '/scheduling-static',
  apiPath: '/scheduling/api/scheduling',
  healthPath: '/scheduling/health',
} as const

const domain = (name: string) => ({ name, aliases: [] })

/** The site with the third zone. */
export const siteOfThree: Site<'sleepconnect' | 'outreach' | 'scheduling'> = {
  zones: [host, outreach, scheduling],
  stage: {
    scheme: 'https',
    priceClass: 'PriceClass_100',
    domains: {
      sleepconnect: domain('host.test'),
      outreach: domain('outreach.test'),
      scheduling: domain('scheduling.test'),
    },
  },
}
