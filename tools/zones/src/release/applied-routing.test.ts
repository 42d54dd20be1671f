import { expect, test } from 'vitest'
import { routingIn } from './applied-routing.ts'

const behaviours = (api: string, page: string) => ({
  origins: {
    '/outreach/api/*': api,
    '/outreach-static/*': 'outreach-assets',
    '/outreach/*': page,
    '/outreach': page,
    '/_next/static/*': 'sleepconnect-assets',
  },
})

test.each([
  ['host', behaviours('sleepconnect-pages', 'sleepconnect-pages')],
  ['edge', behaviours('outreach-api-routes', 'outreach-pages')],
  [undefined, behaviours('sleepconnect-pages', 'outreach-pages')],
  [undefined, { origins: {} }],
] as const)('where the behaviours lead says that it is %s routing', (routing, state) => {
  expect(routingIn('develop', state)).toBe(routing)
})
