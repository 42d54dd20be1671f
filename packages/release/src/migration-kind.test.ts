import { expect, test } from 'vitest'
import { migrationKind } from './migration-kind.ts'

const NAME = '0009_next.sql'

test('the first line says what a migration does to releases before it', () => {
  expect(migrationKind(NAME, '-- kind: expand\ncreate table app.x ();')).toEqual({ kind: 'expand' })
  expect(migrationKind(NAME, '-- kind: contract, safe from 0007_names.sql\ndrop table app.x;')).toEqual({
    kind: 'contract',
    safeFrom: '0007_names.sql',
  })
})

test.each([
  ['nothing', 'create table app.x ();'],
  ['something else', '-- kind: both\n'],
  ['it in the second line', '\n-- kind: expand\n'],
  ['a contract without the migration that made it safe', '-- kind: contract\n'],
  ['a contract that is safe from something that is no migration', '-- kind: contract, safe from tomorrow\n'],
  ['more than the kind', '-- kind: expand, mostly\n'],
])('a migration that says %s has no kind', (_what, sql) => {
  expect(migrationKind(NAME, sql)).toBeUndefined()
})

test('the first four were written before, only add, and may not be changed', () => {
  expect(migrationKind('0001_tenants_and_people.sql', 'create table app.x ();')).toEqual({ kind: 'expand' })
})
