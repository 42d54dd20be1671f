import { expect, test } from 'vitest'
import { readEnvironment } from './env.ts'
import { laptopDistributions, laptopOrigins } from './on-laptop.ts'

const variables = {
  STAGE: 'local',
  RELEASE: 'abc1234',
  LOG_LEVEL: 'info',
  ROUTING_MODE: 'host',
  EDGE_HOST_PORT: '8080',
  EDGE_OUTREACH_PORT: '8081',
  ORIGIN_SLEEPCONNECT_PAGES: 'http://127.0.0.1:3000',
  ORIGIN_OUTREACH_PAGES: 'http://127.0.0.1:3001',
  ORIGIN_OUTREACH_API_ROUTES: 'http://127.0.0.1:3002',
}

test('both spellings of loopback are names of the site, each with its own port', () => {
  const env = readEnvironment(variables)
  expect(laptopDistributions(env).map(({ zone, aliases }) => [zone, ...aliases])).toEqual([
    ['sleepconnect', 'localhost:8080', '127.0.0.1:8080'],
    ['outreach', 'localhost:8081', '127.0.0.1:8081'],
  ])
})

test('static files come from the pages’ process unless they have one of their own', () => {
  expect(laptopOrigins(readEnvironment(variables))['outreach-assets'].href).toBe('http://127.0.0.1:3001/')
  const own = readEnvironment({ ...variables, ORIGIN_OUTREACH_ASSETS: 'http://127.0.0.1:9000' })
  expect(laptopOrigins(own)['outreach-assets'].href).toBe('http://127.0.0.1:9000/')
})

test.each<[name: string, value: string | undefined]>([
  ['STAGE', 'production'],
  ['EDGE_HOST_PORT', '0'],
  ['ORIGIN_OUTREACH_PAGES', undefined],
  ['ORIGIN_OUTREACH_PAGES', 'ftp://127.0.0.1'],
  ['ROUTING_MODE', undefined],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readEnvironment({ ...variables, [name]: value })).toThrow(name)
})
