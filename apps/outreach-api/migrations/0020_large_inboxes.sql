-- kind: expand
-- What an inbox of many thousand conversations needs.

-- Everything that is counted for a list, so that no conversation has to be fetched to be counted.
create index conversations_counted on app.conversations (tenant_id, practice_id)
  include (id, status, unread_count, waiting_since, warn_at, assigned_sax_id, patient_count);

grant select (practice_id, change_xid, change_seq) on app.messages to app_search;
grant select (status, sort_at, waiting_since, unread_count) on app.conversations to app_search;

-- As conversations_matching, within one practice where one is given, and quick for words that are everywhere too. The
-- index of three letters leads to every message with them. Where every twentieth of the newest messages has the words,
-- conversations are asked one by one instead: those that are unread or waiting, and the newest of either status until
-- `most` were found. A null among the answers says that there are more.
create function app.conversations_found(pattern text, others text[], in_text boolean, practice uuid, most int)
  returns setof uuid
  language plpgsql stable security definer rows 200
  set search_path = pg_catalog, pg_temp
  -- So that the plan is the one for a practice, or the one for all.
  set plan_cache_mode = force_custom_plan
as $$
declare
  asking constant uuid := app.tenant();
  everywhere boolean;
  wanted text;
  found_now int;
begin
  return query
    select named.id from app.conversations named
    where named.tenant_id = asking and named.search_text like pattern and named.search_text like all (others);
  return query
    select linked.conversation_id
    from app.patients named
    join app.conversation_patients linked on linked.tenant_id = named.tenant_id and linked.patient_id = named.id
    where named.tenant_id = asking and named.search_text like pattern and named.search_text like all (others);
  if not in_text then
    return;
  end if;
  select count(*) filter (where newest.search_text like pattern and newest.search_text like all (others)) >= 5
    into everywhere
    from (
      select said.search_text from app.messages said where said.tenant_id = asking
      order by said.change_xid desc, said.change_seq desc limit 100
    ) newest;
  if not everywhere then
    return query
      select said.conversation_id from app.messages said
      where said.tenant_id = asking and said.search_text like pattern and said.search_text like all (others)
        and (practice is null or said.practice_id = practice);
    return;
  end if;
  return query
    select talk.id
    from (
      select id from app.conversations
      where tenant_id = asking and waiting_since is not null and (practice is null or practice_id = practice)
      union
      select id from app.conversations
      where tenant_id = asking and unread_count > 0 and (practice is null or practice_id = practice)
    ) talk
    cross join lateral (
      select from app.messages said
      where said.tenant_id = asking and said.conversation_id = talk.id
        and said.search_text like pattern and said.search_text like all (others)
      limit 1
    ) hit;
  foreach wanted in array array['active', 'archived'] loop
    return query
      select talk.id from (
        select id from app.conversations
        where tenant_id = asking and status = wanted and (practice is null or practice_id = practice)
        order by sort_at desc
      ) talk
      cross join lateral (
        select from app.messages said
        where said.tenant_id = asking and said.conversation_id = talk.id
          and said.search_text like pattern and said.search_text like all (others)
        limit 1
      ) hit
      limit most;
    get diagnostics found_now = row_count;
    if found_now = most then
      return next null;
    end if;
  end loop;
end $$;
alter function app.conversations_found(text, text[], boolean, uuid, int) owner to app_search;
revoke execute on function app.conversations_found(text, text[], boolean, uuid, int) from public;
grant execute on function app.conversations_found(text, text[], boolean, uuid, int) to app_user;

-- What is added to such an index is first put on a list, which searches read through, and which whoever finds it full
-- has to sort into the index. A short one: both take milliseconds.
alter index app.conversations_search set (gin_pending_list_limit = 256);
alter index app.messages_search set (gin_pending_list_limit = 256);
alter index app.patients_search set (gin_pending_list_limit = 256);
alter index app.audit_log_by_patient set (gin_pending_list_limit = 256);
alter index app.audit_log_by_conversation set (gin_pending_list_limit = 256);
