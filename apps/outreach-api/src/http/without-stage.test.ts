import { expect, test } from 'vitest'
import { withoutStage } from './without-stage.ts'

const event = (rawPath: string, method = 'GET', stage = 'dev') => ({
  rawPath,
  requestContext: { stage, http: { method } },
  body: 'e30=',
})

test.each([
  ['/dev/outreach/templates', '/outreach/templates'],
  ['/dev', '/'],
  ['/dev/', '/'],
  ['/dev/dev', '/dev'],
  ['/outreach/templates', '/outreach/templates'],
  ['/developers', '/developers'],
])('%s of the stage dev is %s', (rawPath, expected) => {
  expect(withoutStage(event(rawPath)).rawPath).toBe(expected)
})

test('an API without a named stage has no such beginning', () => {
  expect(withoutStage(event('/outreach/templates', 'GET', '$default')).rawPath).toBe('/outreach/templates')
})

test.each([
  ['GET', null],
  ['HEAD', null],
  ['POST', 'e30='],
])('the body of %s is %s', (method, expected) => {
  expect(withoutStage(event('/dev/outreach/templates', method)).body).toBe(expected)
})
