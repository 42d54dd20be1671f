-- kind: expand
-- Where the carrier keeps a picture until it has been fetched; null for what came from us.
alter table app.message_media
  add column source_url text,
  add column attempts int not null default 0 check (attempts >= 0),
  add column next_attempt_at timestamptz not null default now();
create index message_media_to_fetch on app.message_media (next_attempt_at) where verdict = 'waiting';

-- As due_sends: whose pictures are to be fetched, before a tenant is known.
create policy search on app.message_media for select to app_search using (true);
grant select (id, tenant_id, verdict, source_url, next_attempt_at) on app.message_media to app_search;
create function app.due_media(at timestamptz, most int) returns table (tenant_id uuid, media_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 100
begin atomic
  select due.tenant_id, due.id from app.message_media due
  where due.verdict = 'waiting' and due.source_url is not null and due.next_attempt_at <= at
  order by due.next_attempt_at
  limit most;
end;
alter function app.due_media(timestamptz, int) owner to app_search;
revoke execute on function app.due_media(timestamptz, int) from public;
grant execute on function app.due_media(timestamptz, int) to app_user;
