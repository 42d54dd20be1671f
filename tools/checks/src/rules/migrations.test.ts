import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { stringTree } from '../source/source-tree.ts'
import { migrations } from './migrations.ts'

const FOLDER = 'apps/outreach-api/migrations'
const own = join(import.meta.dirname, '../../../..', FOLDER)

async function findings(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const tree = stringTree(Object.fromEntries(Object.entries(files).map(([name, sql]) => [`${FOLDER}/${name}`, sql])))
  return (await migrations.run(tree)).map(({ line, why }) => `${line}: ${why}`)
}
const expanding = (...statements: readonly string[]) =>
  findings({ '0005_next.sql': ['-- kind: expand', ...statements, ''].join('\n') })

test("the repository's own migrations are good, comments and all", async () => {
  const files = Object.fromEntries(readdirSync(own).map((name) => [name, readFileSync(join(own, name), 'utf8')]))
  expect(Object.keys(files).length).toBeGreaterThan(3)
  expect(await findings(files)).toEqual([])
})

test('a migration without a kind is found', async () => {
  expect(await findings({ '0005_next.sql': 'create table app.x ();' })).toEqual([
    '1: does not say what it does to releases before it',
  ])
})

test('a contract names a migration before it', async () => {
  const contract = (safeFrom: string) => ({
    '0005_next.sql': '-- kind: expand\n',
    '0006_last.sql': `-- kind: contract, safe from ${safeFrom}\ndrop table app.x;\n`,
  })
  expect(await findings(contract('0005_next.sql'))).toEqual([])
  for (const none of ['0004_gone.sql', '0006_last.sql']) {
    expect(await findings(contract(none))).toEqual([`1: is safe from ${none}, which is no migration before it`])
  }
})

test('what lies among migrations and is none is found', async () => {
  expect(await findings({ 'notes.sql': 'select 1' })).toEqual(['0: is no migration'])
})

describe('a migration that says it only adds', () => {
  test.each([
    'alter table app.patients add column nickname text;',
    "alter table app.patients add column nickname text not null default '';",
    'alter table app.patients alter column email drop not null;',
    "alter table app.patients alter column email set default '';",
    'create index patients_by_email on app.patients (email);',
    'create policy more on app.patients to app_user using (true);',
    'grant delete on app.patients to app_user;',
    "update app.patients set email = '' where email is null;",
    'create table app.x (y int); alter table app.x add unique (y), force row level security; create unique index on app.x (y);',
    'create function app.f() returns int language sql return 1; revoke execute on function app.f() from public;',
  ])('may %s', async (statement) => {
    expect(await expanding(statement)).toEqual([])
  })

  test.each([
    ['drops something', 'drop table app.patients;'],
    ['drops something', 'drop policy tenant on app.patients;'],
    ['drops something', 'drop function app.tenant();'],
    ['drops a column', 'alter table app.patients drop column email;'],
    ['drops a constraint', 'alter table app.patients drop constraint patients_phone_check;'],
    ['drops a default', 'alter table app.patients alter column created_at drop default;'],
    ['renames something', 'alter table app.patients rename column email to mail;'],
    ['renames something', 'alter table app.patients rename to people;'],
    ['renames a value', "alter type app.state rename value 'a' to 'b';"],
    ['changes the type of a column', 'alter table app.patients alter column email type varchar(10);'],
    ['forbids a column to be empty', 'alter table app.patients alter email set not null;'],
    ['adds a column that releases before do not fill', 'alter table app.patients add column nickname text not null;'],
    ['forbids what could be stored', "alter table app.patients add check (email <> '');"],
    ['forbids rows that are alike', 'create unique index on app.patients (email);'],
    ['hides rows', 'create policy less on app.patients as restrictive to app_user using (false);'],
    ['changes who sees which rows', 'alter policy tenant on app.patients using (false);'],
    ['takes a right away', 'revoke select on app.patients from app_user;'],
    ['gives something to somebody else', 'alter function app.tenant() owner to app_search;'],
    ['moves something to another schema', 'alter table app.patients set schema other;'],
    ['deletes rows', 'delete from app.patients;'],
    ['deletes rows', 'truncate app.patients;'],
    ['runs code whose effects cannot be seen', "do $$ begin execute 'drop table app.patients'; end $$;"],
    [
      'changes a table that was there before (AT_DisableRowSecurity)',
      'alter table app.patients disable row level security;',
    ],
  ])('is found when it %s', async (what, statement) => {
    expect(await expanding(statement)).toEqual([`2: ${what}, and says that it only adds`])
  })

  test('is found at the line of the statement, behind letters of more than one byte and comments', async () => {
    expect(await expanding("select 'ä, ö and 李';", '-- why', '', 'drop table app.patients;')).toEqual([
      '5: drops something, and says that it only adds',
    ])
  })

  test('and is no SQL stops the check', async () => {
    await expect(expanding('drop tabel app.patients;')).rejects.toThrow('syntax error')
  })
})
