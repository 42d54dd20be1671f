import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { siteTemplate } from '@sax/topology/cloudfront'
import { afterAll, expect, test } from 'vitest'
import { readEnvironment } from './env.ts'
import { laptopAddresses, laptopDistributions, laptopOrigins } from './on-laptop.ts'

const folder = mkdtempSync(join(tmpdir(), 'sax-edge-env-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

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
  expect(laptopDistributions(env).map(({ id, aliases }) => [id, ...aliases])).toEqual([
    ['SleepconnectDistribution', 'localhost:8080', '127.0.0.1:8080'],
    ['OutreachDistribution', 'localhost:8081', '127.0.0.1:8081'],
  ])
})

test("a stage's template is run under this laptop's names, behind what ends TLS, and without a limit that all would share", () => {
  const EDGE_TEMPLATE = join(folder, 'site.json')
  writeFileSync(EDGE_TEMPLATE, JSON.stringify(siteTemplate('production', 'edge')))
  const env = readEnvironment({ ...variables, EDGE_TEMPLATE, EDGE_VIEWER_PROTOCOL: 'https' })
  expect(env.EDGE_VIEWER_PROTOCOL).toBe('https')
  const [host, outreach] = laptopDistributions(env)
  expect([host?.aliases, outreach?.aliases]).toEqual([
    ['localhost:8080', '127.0.0.1:8080'],
    ['localhost:8081', '127.0.0.1:8081'],
  ])
  // The file's own routing mode and policies, whatever ROUTING_MODE says.
  const pages = host?.behaviors.find(({ pathPattern }) => pathPattern === '/outreach/*')
  expect(pages).toMatchObject({ targetOriginId: 'outreach-pages', viewerProtocolPolicy: 'redirect-to-https' })
  expect(host?.firewall).toMatchObject({ name: 'sleepconnect-sleepconnect-production', rate: undefined })
})

test('by default viewers come by plain HTTP', () => {
  expect(readEnvironment(variables).EDGE_VIEWER_PROTOCOL).toBe('http')
})

test('a template that lacks the distribution of a zone is refused by name', () => {
  const EDGE_TEMPLATE = join(folder, 'half.json')
  const { Resources, ...rest } = siteTemplate('production', 'edge')
  const { OutreachDistribution: _, ...half } = Resources
  const without = Object.entries(half).filter(([, one]) => !JSON.stringify(one).includes('OutreachDistribution'))
  writeFileSync(EDGE_TEMPLATE, JSON.stringify({ ...rest, Resources: Object.fromEntries(without) }))
  expect(() => laptopDistributions(readEnvironment({ ...variables, EDGE_TEMPLATE }))).toThrow(
    'half.json has no OutreachDistribution',
  )
})

test('static files come from the pages’ process unless they have a server or a folder of their own', () => {
  expect(laptopAddresses(readEnvironment(variables))['outreach-assets'].href).toBe('http://127.0.0.1:3001/')
  for (const own of ['http://127.0.0.1:9000/', 'file:///srv/outreach']) {
    const env = readEnvironment({ ...variables, ORIGIN_OUTREACH_ASSETS: own })
    expect(laptopAddresses(env)['outreach-assets'].href).toBe(own)
  }
})

test('each origin of the template has something that answers for it; a folder takes no WebSockets', () => {
  const env = readEnvironment({ ...variables, ORIGIN_OUTREACH_ASSETS: 'file:///srv/outreach' })
  const distributions = laptopDistributions(env)
  const origins = laptopOrigins(distributions, laptopAddresses(env))
  expect(new Set(Object.keys(origins))).toEqual(new Set(distributions.flatMap((one) => [...one.origins.keys()])))
  expect(origins['outreach-pages']?.url?.port).toBe('3001')
  expect(origins['outreach-assets']?.url).toBeUndefined()
})

test.each<[name: string, value: string | undefined]>([
  ['STAGE', 'production'],
  ['EDGE_HOST_PORT', '0'],
  ['EDGE_CACHE_BYTES', '-1'],
  ['ORIGIN_OUTREACH_PAGES', undefined],
  ['ORIGIN_OUTREACH_PAGES', 'ftp://127.0.0.1'],
  ['ORIGIN_OUTREACH_PAGES', 'file:///srv'],
  ['ORIGIN_OUTREACH_ASSETS', 'ftp://127.0.0.1'],
  ['ROUTING_MODE', undefined],
  ['EDGE_TEMPLATE', ''],
  ['EDGE_VIEWER_PROTOCOL', 'gopher'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readEnvironment({ ...variables, [name]: value })).toThrow(name)
})
