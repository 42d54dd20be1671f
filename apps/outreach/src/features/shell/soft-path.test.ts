import { outreachPath } from '@sax/topology'
import { expect, test } from 'vitest'
import { softPath } from './soft-path.ts'

test.each([
  ['/outreach', '/'],
  ['/outreach?patient=1', '/?patient=1'],
  ['/outreach/templates', '/templates'],
  ['/outreach/templates/new?from=a#message', '/templates/new?from=a#message'],
])('R4: %s is handed to the router as %s, so that the base path appears exactly once', (path, expected) => {
  expect(softPath(path)).toBe(expected)
})

test.each(['/patients', '/outreachers', '/', 'https://elsewhere.example/outreach'])(
  'R4: %s is no soft link of this zone and is refused',
  (path) => {
    expect(() => softPath(path)).toThrow(RangeError)
  },
)

test('R4: a path from the topology survives the way to the router and back', () => {
  expect(`/outreach${softPath(outreachPath('templates', 'a b'))}`).toBe('/outreach/templates/a%20b')
})
