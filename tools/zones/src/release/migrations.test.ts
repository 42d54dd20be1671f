import type { ManifestMigration } from '@sax/release'
import { expect, test } from 'vitest'
import { databaseRefusals, planMigrations } from './migrations.ts'

const digest = 'a'.repeat(64)
const expand = (name: string): ManifestMigration => ({ name, sha256: digest, kind: 'expand' })
const contract = (name: string, safeFrom: string): ManifestMigration => ({
  name,
  sha256: digest,
  kind: 'contract',
  safeFrom,
})
const applied = (...names: string[]) => names.map((name) => ({ name, sha256: digest }))
const kept = (release: string, needsMigration: string) => ({ release, needsMigration })

const all = [expand('0001'), expand('0002'), contract('0003', '0002'), expand('0004')]
const next = { release: 'next', migrations: all, needsMigration: '0002' }

test('what only adds is applied, what takes away only once no kept release may use it', () => {
  expect(planMigrations(next, applied('0001'), [], [kept('old', '0001')])).toEqual({
    apply: ['0002', '0004'],
    postponed: [{ name: '0003', because: 'old may still use it' }],
    refusals: [],
  })
  expect(planMigrations(next, applied('0001'), [], [kept('newer', '0002')])).toEqual({
    apply: ['0002', '0003', '0004'],
    postponed: [],
    refusals: [],
  })
})

test.each<[why: string, plan: ReturnType<typeof planMigrations>, refusals: readonly string[]]>([
  [
    'a release that cannot do without what is postponed',
    planMigrations({ ...next, needsMigration: '0004' }, applied('0001'), [], [kept('old', '0001')]),
    ['next needs 0004, and 0003 cannot be applied: old may still use it'],
  ],
  [
    'a migration that was edited after it was applied',
    planMigrations(next, [{ name: '0001', sha256: 'b'.repeat(64) }], [], []),
    ['0001 was applied with another content than the release has'],
  ],
  [
    'a release that needs what it does not bring',
    planMigrations({ ...next, needsMigration: '0009' }, applied('0001'), [], []),
    ['next needs 0009, which neither the database nor the release has'],
  ],
  [
    'an older release on a database that is ahead, and nobody knows how',
    planMigrations(
      { release: 'older', migrations: [expand('0001')], needsMigration: '0001' },
      applied('0001', '0002'),
      [],
      [],
    ),
    ['the database has 0002, and no kept release says what it does'],
  ],
  [
    'an older release on a database that lost what it uses',
    planMigrations(
      { release: 'older', migrations: [expand('0001')], needsMigration: '0001' },
      applied('0001', '0002', '0003'),
      all,
      [],
    ),
    ['0003 took away what older uses (it is safe from 0002 on)'],
  ],
])('%s is refused', (_why, plan, refusals) => {
  expect(plan.refusals).toEqual(refusals)
})

test('a database that is ahead serves an older release as long as it was only added to', () => {
  const older = { release: 'older', migrations: [expand('0001')], needsMigration: '0001' }
  expect(databaseRefusals(older, applied('0001', '0002'), all)).toEqual([])
  expect(databaseRefusals(older, applied(), all)).toEqual(['older needs 0001, which the database does not have'])
})
