import { expect, test } from 'vitest'
import { migrationsOf } from './migrations.ts'

const file = (name: string, sql: string) => ({ name, sql: new TextEncoder().encode(sql) })

test('a release needs its last expansion, whether or not what it left behind is taken away', () => {
  const { migrations, needsMigration } = migrationsOf([
    file('0007_new.sql', '-- kind: expand\n'),
    file('0008_old_column.sql', '-- kind: contract, safe from 0007_new.sql\n'),
  ])
  expect(needsMigration).toBe('0007_new.sql')
  expect(migrations.map(({ kind, safeFrom }) => [kind, safeFrom])).toEqual([
    ['expand', undefined],
    ['contract', '0007_new.sql'],
  ])
})

test('a migration that does not say what it does stops the release', () => {
  expect(() => migrationsOf([file('0007_new.sql', 'drop table x')])).toThrow('0007_new.sql does not say')
})

test('without a migration there is nothing a release could rest on', () => {
  expect(() => migrationsOf([])).toThrow('no migration')
})
