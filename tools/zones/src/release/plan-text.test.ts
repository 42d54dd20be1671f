import { expect, test } from 'vitest'
import type { ReleasePlan } from './plan-release.ts'
import { planText } from './plan-text.ts'

const plan: ReleasePlan = {
  stage: 'develop',
  release: '2.0.0-0123456789ab',
  digest: 'd'.repeat(64),
  commit: 'c'.repeat(40),
  committed: true,
  zones: ['sleepconnect', 'outreach', 'api'],
  live: '1.0.0-ba9876543210',
  gates: [
    { gate: 'check', standing: 'passed', told: 'ci, 2026-11-28T12:00:00Z' },
    { gate: 'infra-check', standing: 'missing', told: '' },
  ],
  assets: [{ zone: 'outreach', bucket: 'assets', hashed: 30, unhashed: 1 }],
  migrations: {
    isKnown: true,
    apply: ['0002_more.sql'],
    postponed: [{ name: '0003_less.sql', because: '1.0.0 may still use it' }],
  },
  functions: [
    {
      role: 'outreach-api',
      functionName: 'f',
      from: { version: '7', release: '1.0.0-ba9876543210' },
      code: 'same',
      configuration: {
        added: [{ name: 'DATABASE_HOST', from: undefined, to: 'new.example' }],
        changed: [{ name: 'LOG_LEVEL', from: 'debug', to: 'info' }],
        removed: [{ name: 'TOKEN', from: '(not shown)', to: undefined }],
      },
    },
    {
      role: 'outreach-server',
      functionName: 'g',
      from: { version: '1', release: null },
      code: 'new',
      configuration: { added: [], changed: [], removed: [] },
    },
  ],
  flips: ['outreach-api', 'outreach-server'],
  shift: undefined,
  invalidations: ['/outreach-static/logo.svg'],
  notes: ['It was built from files that had changed since the commit.'],
  refusals: [],
}

test('a plan can be read at a glance', () => {
  expect(planText(plan)).toBe(`2.0.0-0123456789ab to develop
  zones     sleepconnect, outreach, api
  live now  1.0.0-ba9876543210
  artefact  dddddddddddd
  commit    cccccccccccc

Gates
  check        passed: ci, 2026-11-28T12:00:00Z
  infra-check  missing

Files are put beside those that are there
  outreach  30 with a hash in the name, 1 without, into assets

Migrations
  0002_more.sql  is applied
  0003_less.sql  stays for now: 1.0.0 may still use it

Functions
  outreach-api     the same code, other settings; now version 7, 1.0.0-ba9876543210
  outreach-server  new code, the same settings; now version 1, no release

Settings, which infrastructure changed and the next versions bring
  outreach-api  added    + DATABASE_HOST  new.example
  outreach-api  changed  ~ LOG_LEVEL      debug -> info
  outreach-api  removed  - TOKEN          (not shown)

Aliases move in this order
  1.  outreach-api
  2.  outreach-server

Every edge forgets
  /outreach-static/logo.svg

Worth knowing
  !  It was built from files that had changed since the commit.`)
})

test('what does not happen is left out, and a zone without a database says nothing of it', () => {
  const { functions, ...rest } = plan
  const text = planText({ ...rest, functions: functions.slice(1), zones: ['outreach'], notes: [], invalidations: [] })
  expect(text).not.toMatch(/Settings|Every edge|Worth knowing|Migrations/)
})
