import { distributions, stageNames } from '@sax/topology'
import { expect, test } from 'vitest'
import { disputes, pathOnlyIn, sharedPath } from './disputes.ts'
import { ofGlob, ofNextSource } from './path-language.ts'

test.each<[earlier: string, later: string, witness: string]>([
  ['/outreach/*', '/outreach/api/*', '/outreach/api/x'],
  ['/outreach*', '/outreach-static/*', '/outreach-static/x'],
  ['/outreach/*', '*.js', '/outreach/x.js'],
  ['/a', '/a', '/a'],
  ['/a?', '/?b', '/ab'],
])('R13: %s before %s disputes %s', (earlier, later, witness) => {
  expect(disputes([earlier, later])).toEqual([{ earlier, later, witness }])
})

test.each([
  ['an exception before its rule', ['/outreach/api/*', '/outreach/*']],
  ['neighbours', ['/outreach', '/outreach/*', '/outreach-static/*']],
  ['nothing', []],
])('%s: no dispute', (_name, patterns) => {
  expect(disputes(patterns)).toEqual([])
})

test.each(stageNames)('R13: no two behaviours of %s dispute a path, in either routing mode', (stage) => {
  for (const routing of ['host', 'edge'] as const) {
    for (const { cacheBehaviors } of distributions(stage, routing)) {
      expect(disputes(cacheBehaviors.map(({ pathPattern }) => pathPattern))).toEqual([])
    }
  }
})

test("a glob and a source of Next's are compared as one kind of thing", () => {
  const glob = ofGlob('/outreach/*')
  const ignoringCase = ofNextSource('/outreach/:path*', { caseSensitive: false })
  expect(sharedPath(glob, ignoringCase)).toBe('/outreach/x')
  expect(pathOnlyIn(ignoringCase, glob)).toBe('/outreach')
  // Next's segments are never empty; a glob does not know segments.
  expect(pathOnlyIn(glob, ignoringCase)).toBe('/outreach//')
  expect(sharedPath(glob, ofGlob('/outreach'))).toBeUndefined()
})
