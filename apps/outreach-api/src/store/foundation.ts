import type pg from 'pg'
import { IDLE_TRANSACTION_TIMEOUT_MS, STATEMENT_TIMEOUT_MS } from './database-address.ts'

/** Needs an administrator; everything else is done as the owner of the tables. Repeating it changes nothing. */
const FOUNDATION = `
do $$
declare
  wanted text;
begin
  foreach wanted in array array['app_owner nologin', 'app_search nologin', 'app_user login nosuperuser nobypassrls nocreaterole nocreatedb'] loop
    begin
      execute 'create role ' || wanted;
    exception when duplicate_object or unique_violation then null; -- another database's migration was first
    end;
  end loop;
end $$;
grant app_owner, app_search to current_user;
grant app_search to app_owner;
create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;
create extension if not exists btree_gin with schema public;
create schema if not exists app authorization app_owner;
grant usage on schema app to app_user, app_search;
grant create on schema app to app_search;
create table if not exists app.migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now());
grant select on app.migrations to app_user;

-- Limits that a connection through a proxy cannot bring along.
do $$
begin
  execute format('alter role app_user in database %I set statement_timeout = ${STATEMENT_TIMEOUT_MS}', current_database());
  execute format('alter role app_user in database %I set idle_in_transaction_session_timeout = ${IDLE_TRANSACTION_TIMEOUT_MS}', current_database());
end $$;

-- Where RDS keeps the database, app_user signs in by IAM and by nothing else.
do $$
begin
  if exists (select from pg_roles where rolname = 'rds_iam') and not pg_has_role('app_user', 'rds_iam', 'member') then
    grant rds_iam to app_user;
  end if;
end $$;
`

/** What migrations stand on: roles, extensions, the schema, and the list of those that were applied. */
export async function layFoundation(client: pg.Client): Promise<void> {
  await client.query(FOUNDATION)
}
