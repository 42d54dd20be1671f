import type { Manifest } from '@sax/release'
import { expect, test } from 'vitest'
import { functionsText } from './functions-text.ts'
import type { FunctionFigures } from './measure-functions.ts'

const manifest = {
  release: '0.1.0-aaaaaaaaaaaa',
  functions: [
    { role: 'outreach-server', bytes: 4_400_000 },
    { role: 'outreach-api-routes', bytes: 1_250_000 },
  ],
} as unknown as Manifest

const figures = (role: FunctionFigures['role'], memoryMb: number, medianMs: number): FunctionFigures => ({
  ...{ role, memoryMb, vcpus: 0.578, peakMb: 143.6 },
  cold: { starts: 9, initMs: 600.4, firstMs: 150.2, medianMs, maxMs: 1234 },
  warm: { calls: 200, p50Ms: 12.34, p99Ms: 45.67 },
})
const on = {
  ...{ date: '2026-11-28', machine: '2 × A CPU, linux x64, Node 24.21.0' },
  ...{ loadBefore: 0.34, loadAfter: 1.25 },
}

test('the figures stand beside their aims, and a missed aim says by how much', () => {
  const text = functionsText(
    manifest,
    [figures('outreach-server', 1024, 780), figures('outreach-api-routes', 1024, 300), figures('outreach-api', 512, 9)],
    on,
  )
  expect(text).toContain('2026-11-28, release 0.1.0-aaaaaaaaaaaa: 2 × A CPU, linux x64, Node 24.21.0.')
  expect(text).toContain('Load before the run 0.3, after it 1.3.')
  expect(text).toContain('| outreach-server | 1,024 | 0.58 | 600 | 150 | 780 | 1,234 | 12.3 | 45.7 | 144 |')
  expect(text).toContain('| outreach-server | the templates, signed in | 780 | 800 | held | 4,400 | 5,000 | held |')
  expect(text).toContain(
    '| outreach-api-routes | the list of templates | 300 | 150 | missed by 100 % | 1,250 | 1,000 | missed by 25 % |',
  )
})

test('what was not measured with the memory of the aim is not called held', () => {
  const text = functionsText(manifest, [figures('outreach-api', 512, 9)], on)
  expect(text).toContain('| outreach-api | the list of templates |  | 150 | not measured |  | 1,000 | not measured |')
})
