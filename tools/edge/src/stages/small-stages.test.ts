import { distributions } from '@sax/topology'
import { expect, test } from 'vitest'
import { requestIdOf } from '../request-id.ts'
import { isMethodAllowed } from './allowed-methods.ts'
import { countHops } from './count-hops.ts'
import { behaviorMatcher } from './match-behavior.ts'
import { isWithinLimits, requestBytes } from './request-size.ts'
import { selectDistribution } from './select-distribution.ts'
import { isMisspeltZonePath } from './viewer-request.ts'

const both = distributions('develop')

test.each<[host: string | null, zone: string | undefined]>([
  ['dev.mydreamconnect.com', 'sleepconnect'],
  ['DEV.mydreamconnect.com', 'sleepconnect'],
  ['outreach-dev.mydreamconnect.com', 'outreach'],
  ['outreach.mydreamconnect.com', 'outreach'],
  ['dev.mydreamconnect.com:443', undefined],
  ['evil.example', undefined],
  ['dev.mydreamconnect.com.evil.example', undefined],
  ['', undefined],
  [null, undefined],
])('host %s belongs to %s', (host, zone) => {
  expect(selectDistribution(both, host)?.zone).toBe(zone)
})

test.each<[path: string, method: string, hasBody: boolean, allowed: boolean]>([
  ['/outreach/templates', 'GET', false, true],
  ['/outreach/templates', 'HEAD', false, true],
  ['/outreach/templates', 'OPTIONS', false, true],
  ['/outreach/templates', 'POST', true, false],
  ['/outreach/templates', 'GET', true, false],
  ['/outreach/templates', 'HEAD', true, false],
  ['/outreach/api/outreach/templates', 'POST', true, true],
  ['/outreach/api/outreach/templates', 'DELETE', true, true],
  ['/outreach/api/outreach/templates', 'PROPFIND', false, false],
  ['/outreach-static/x.js', 'POST', false, false],
])('%s takes %s (body: %s): %s', (path, method, hasBody, allowed) => {
  expect(isMethodAllowed(behaviorMatcher(both[0])(path), method, hasBody)).toBe(allowed)
})

test.each<[header: string | null, hops: number | undefined]>([
  [null, 1],
  ['1', 2],
  ['3', 4],
  ['4', undefined],
  ['999', undefined],
  ['many', 1],
  ['-1', 1],
  ['', 1],
])('%j hops before make %s', (header, hops) => {
  expect(countHops(header)).toBe(hops)
})

test.each<[urlBytes: number, bytes: number, ok: boolean]>([
  [8192, 20_480, true],
  [8193, 9000, false],
  [10, 20_481, false],
])('a URL of %i bytes in a request of %i: %s', (urlBytes, bytes, ok) => {
  expect(isWithinLimits(urlBytes, bytes)).toBe(ok)
})

test('the size of a request is what was on the wire', () => {
  // GET /a HTTP/1.1\r\n = 17, Host: x\r\n = 9, the empty line = 2
  expect(requestBytes('GET', '/a', ['Host', 'x'])).toBe(28)
})

test.each<[path: string, misspelt: boolean]>([
  ['/OUTREACH', true],
  ['/Outreach/templates', true],
  ['/outreach-STATIC/x', true],
  ['/outreach/TEMPLATES', false],
  ['/outreach', false],
  ['/Outreachers', false],
  ['/PATIENTS', false],
])('%s is a zone in the wrong case: %s', (path, misspelt) => {
  expect(isMisspeltZonePath(path)).toBe(misspelt)
})

test.each<[header: string | null, id: string]>([
  ['0d7b6c1e-aaaa', '0d7b6c1e-aaaa'],
  ['short', 'new-id-1'],
  ['a'.repeat(65), 'new-id-1'],
  ['<script>alert(1)</script>', 'new-id-1'],
  [null, 'new-id-1'],
])('request id %j becomes %s', (header, id) => {
  expect(requestIdOf(header, () => 'new-id-1')).toBe(id)
})
