import { expect, test } from 'vitest'
import { siteFigures } from './report.ts'

test('the figures say what was measured, on what, and adds the memory up', () => {
  const page = siteFigures({
    machine: {
      date: '2026-11-23',
      release: 'abc1234',
      cpu: 'A CPU',
      cores: 2,
      memoryGb: 8,
      system: 'linux x64',
      node: '24.21.0',
      readNs: 18.4,
      loadBefore: 0.25,
    },
    application: [{ what: 'templates', connections: 10, requestsPerSec: 4321, p50Ms: 2, p99Ms: 9, failures: 0 }],
    alone: {
      cached: [{ what: 'front door', connections: 10, requestsPerSec: 5000, p50Ms: 1, p99Ms: 4, failures: 0 }],
      uncached: [
        { what: 'the origin itself', p50Ms: 0.25, p99Ms: 0.5 },
        { what: 'through the front door', p50Ms: 0.75, p99Ms: 1.75 },
      ],
      pinned: true,
    },
    frontDoor: [],
    startSec: 3.14,
    idle: [
      { part: 'edge', megabytes: 60 },
      { part: 'outreach', megabytes: 80 },
    ],
    afterLoad: [
      { part: 'edge', megabytes: 90 },
      { part: 'outreach', megabytes: 120 },
    ],
    proportional: true,
  })
  expect(page).toContain(
    '2026-11-23, release abc1234: 2 × A CPU, 8 GB, linux x64, Node 24.21.0. A read in 8 MB: 18 ns. Load before the run: 0.3.',
  )
  expect(page).toContain('| templates | 10 | 4,321 | 2 | 9 | 0 |')
  expect(page).toContain('| front door | 10 | 5,000 | 1 | 4 | 0 |')
  expect(page).toContain('| through the front door | 0.75 | 1.75 | 0.50 | 1.25 |')
  expect(page).toContain('| **all** | **140** | **210** |')
  expect(page).toContain('ready 3.1 s after the start')
})
