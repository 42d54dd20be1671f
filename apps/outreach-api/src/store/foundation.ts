import type pg from 'pg'
import { changeRoles } from './change-roles.ts'
import { IDLE_TRANSACTION_TIMEOUT_MS, STATEMENT_TIMEOUT_MS } from './database-address.ts'

/**
 * Needs an administrator; everything else is done as the owner of the tables. Repeating it changes nothing.
 *
 * Whoever makes a role is a member of it, and whoever is a member of a member of `rds_iam` may sign in by IAM only: an
 * administrator of RDS that made `app_user` would lock itself out. So `app_user` is made by a role that is gone after
 * that. A superuser becomes no member.
 * @source PostgreSQL manual, "CREATE ROLE" (the creator's membership); github.com/movetokube/postgres-operator, issue 315
 */
const FOUNDATION = `
do $$
declare
  mighty constant boolean := (select rolsuper from pg_roles where rolname = current_user);
  wanted text;
begin
  foreach wanted in array array['app_owner', 'app_search'] loop
    begin
      execute format('create role %I nologin', wanted);
    exception when duplicate_object or unique_violation then null; -- another database's migration was first
    end;
  end loop;
  if not exists (select from pg_roles where rolname = 'app_user') then
    if not mighty then
      create role app_maker nologin createrole;
      execute format('grant app_maker to %I with set true', current_user);
      set local role app_maker;
    end if;
    begin
      create role app_user login nosuperuser nobypassrls nocreaterole nocreatedb;
    exception when duplicate_object or unique_violation then null;
    end;
    -- Limits that a connection through a proxy cannot bring along.
    alter role app_user set statement_timeout = ${STATEMENT_TIMEOUT_MS};
    alter role app_user set idle_in_transaction_session_timeout = ${IDLE_TRANSACTION_TIMEOUT_MS};
    if not mighty then
      reset role;
      drop role app_maker;
    end if;
  end if;
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
  await changeRoles(client, FOUNDATION)
}
