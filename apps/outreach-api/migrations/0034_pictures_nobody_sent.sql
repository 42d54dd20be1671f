-- kind: expand
-- Pictures that were chosen and never sent go after a day. Taken from their author first (author 0 is nobody), so that no
-- message can name one while it is removed from storage, whichever release stores the message; then the row goes.
create index uploads_not_sent on app.uploads (created_at) where message_id is null;
grant delete on app.uploads to app_user;

-- As due_media: whose they are, before a tenant is known.
create policy search on app.uploads for select to app_search using (true);
grant select (id, tenant_id, created_at, message_id) on app.uploads to app_search;
create function app.uploads_not_sent(before timestamptz, most int) returns table (tenant_id uuid, upload_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 100
begin atomic
  select chosen.tenant_id, chosen.id from app.uploads chosen
  where chosen.message_id is null and chosen.created_at < before
  order by chosen.created_at
  limit most;
end;
alter function app.uploads_not_sent(timestamptz, int) owner to app_search;
revoke execute on function app.uploads_not_sent(timestamptz, int) from public;
grant execute on function app.uploads_not_sent(timestamptz, int) to app_user;
