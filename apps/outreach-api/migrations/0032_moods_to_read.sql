-- kind: expand
-- Messages of patients that a classifier is to look at, where one is switched on: a row is written with the message and
-- goes when it was read, or could not be. What it finds is a mark on the message and decides nothing.
create table app.mood_jobs (
  message_id uuid primary key,
  tenant_id uuid not null,
  attempts int not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null,
  foreign key (tenant_id, message_id) references app.messages (tenant_id, id)
);
create index mood_jobs_due on app.mood_jobs (next_attempt_at);
alter table app.mood_jobs enable row level security;
alter table app.mood_jobs force row level security;
create policy tenant on app.mood_jobs to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
grant select, insert, update, delete on app.mood_jobs to app_user;

-- As due_media: whose messages are to be read, before a tenant is known.
create policy search on app.mood_jobs for select to app_search using (true);
grant select (message_id, tenant_id, next_attempt_at) on app.mood_jobs to app_search;
create function app.due_moods(at timestamptz, most int) returns table (tenant_id uuid, message_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 100
begin atomic
  select due.tenant_id, due.message_id from app.mood_jobs due
  where due.next_attempt_at <= at order by due.next_attempt_at limit most;
end;
alter function app.due_moods(timestamptz, int) owner to app_search;
revoke execute on function app.due_moods(timestamptz, int) from public;
grant execute on function app.due_moods(timestamptz, int) to app_user;
