-- kind: expand
-- Answers are kept for a day under the keys of those who asked, and hold what a patient is called. They went when the same
-- person sent another key, so that the last ones of a person stayed. Now they are found, whoever's they are.
create index idempotency_keys_by_time on app.idempotency_keys (created_at);

-- As due_moods: whose tenant's they are, before one is known.
create policy search on app.idempotency_keys for select to app_search using (true);
grant select (tenant_id, created_at) on app.idempotency_keys to app_search;
create function app.tenants_of_answers(before timestamptz, most int) returns table (tenant_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 10
begin atomic
  select distinct old.tenant_id from (
    select kept.tenant_id from app.idempotency_keys kept where kept.created_at < before order by kept.created_at limit most
  ) old;
end;
alter function app.tenants_of_answers(timestamptz, int) owner to app_search;
revoke execute on function app.tenants_of_answers(timestamptz, int) from public;
grant execute on function app.tenants_of_answers(timestamptz, int) to app_user;
