-- kind: expand
-- Who saw a patient's data, for the patient. The log itself stays closed to app_user; this answers one patient's part.
-- Conversations that were seen: nobody may have known yet whose they are.
alter table app.audit_log add column conversation_ids uuid[];
create index audit_log_by_conversation on app.audit_log using gin (conversation_ids);

create policy report on app.audit_log for select to app_search using (true);
grant select on app.audit_log to app_search;
create function app.accesses_of(patient uuid)
  returns table (at timestamptz, sax_id bigint, practice_id uuid, action text, conversation_ids uuid[])
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 100
begin atomic
  select seen.at, seen.sax_id, seen.practice_id, seen.action, seen.conversation_ids from app.audit_log seen
  where seen.tenant_id = (select app.tenant())
    and (
      seen.patient_ids @> array[patient]
      -- Seen before anybody had said whose number it was.
      or seen.conversation_ids && array(
        select linked.conversation_id from app.conversation_patients linked
        where linked.tenant_id = (select app.tenant()) and linked.patient_id = patient
      )
    );
end;
alter function app.accesses_of(uuid) owner to app_search;
revoke execute on function app.accesses_of(uuid) from public;
grant execute on function app.accesses_of(uuid) to app_user;
