-- kind: expand
-- A patient's START that was told close to their STOP: which of them was written last is only known to the carrier, which
-- is asked. Until it has answered the number stays as the STOP left it. A row goes when that is known.
create table app.starts_in_doubt (
  -- The message that says START.
  message_id uuid primary key,
  tenant_id uuid not null,
  attempts int not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null,
  foreign key (tenant_id, message_id) references app.messages (tenant_id, id)
);
create index starts_in_doubt_due on app.starts_in_doubt (next_attempt_at);
alter table app.starts_in_doubt enable row level security;
alter table app.starts_in_doubt force row level security;
create policy tenant on app.starts_in_doubt to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
grant select, insert, update, delete on app.starts_in_doubt to app_user;

-- As due_moods: whose messages are to be asked about, before a tenant is known.
create policy search on app.starts_in_doubt for select to app_search using (true);
grant select (message_id, tenant_id, next_attempt_at) on app.starts_in_doubt to app_search;
create function app.due_starts(at timestamptz, most int) returns table (tenant_id uuid, message_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 100
begin atomic
  select due.tenant_id, due.message_id from app.starts_in_doubt due
  where due.next_attempt_at <= at order by due.next_attempt_at limit most;
end;
alter function app.due_starts(timestamptz, int) owner to app_search;
revoke execute on function app.due_starts(timestamptz, int) from public;
grant execute on function app.due_starts(timestamptz, int) to app_user;
