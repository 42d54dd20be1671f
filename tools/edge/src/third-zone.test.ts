import { compileTemplate } from '@sax/topology/cloudfront'
import { siteOfThree } from '@sax/topology/third-zone'
import { expect, test } from 'vitest'
import { door } from '../test/door.ts'
import { readDistributions } from './config/read-distribution.ts'

/** The site with one zone more, as its template says. */
const template = compileTemplate(siteOfThree, 'edge', {
  stage: 'test',
  bucket: (zone) => `assets-of-${zone}`,
  function: (origin) => (origin.endsWith('-assets') ? undefined : `function-of-${origin}`),
})
const { distributions } = readDistributions(JSON.stringify(template), { fileName: 'three zones' })

test.each<[host: string, path: string, origin: string]>([
  ['host.test', '/scheduling', 'scheduling-pages'],
  ['host.test', '/scheduling/week', 'scheduling-pages'],
  ['host.test', '/scheduling/api/scheduling/slots', 'scheduling-api-routes'],
  ['host.test', '/scheduling-static/_next/static/a.js', 'scheduling-assets'],
  ['scheduling.test', '/scheduling/week', 'scheduling-pages'],
  ['host.test', '/outreach/templates', 'outreach-pages'],
  ['host.test', '/schedulings', 'sleepconnect-pages'],
])('a zone that is one entry is served: %s%s comes from %s', (name, path, origin) => {
  const { kind, behavior } = door(...distributions).decide(path, { headers: { host: name, 'user-agent': 'test' } })
  expect([kind, behavior?.targetOriginId]).toEqual(['forward', origin])
})

test('and is as closed to other spellings as the others', () => {
  const decision = door(...distributions).decide('/Scheduling/week', {
    headers: { host: 'host.test', 'user-agent': 'test' },
  })
  expect(decision.kind === 'generated' && decision.response.status).toBe(404)
})
