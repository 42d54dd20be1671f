-- kind: expand
-- A text to a number of a pool that several practices share, and that none of them has yet, finds its way. Where it would
-- have to be guessed between tenants it is set aside, and goes to the practice that gets the number.

-- Everything the carrier told of such a text, and no tenant's. The API may only add to it: what reads and takes away are
-- the functions below.
create table app.texts_set_aside (
  provider_sid text primary key check (provider_sid ~ '^(SM|MM)[0-9a-f]{32}$'),
  messaging_service_sid text not null,
  to_phone text not null,
  from_phone text not null,
  body text not null check (char_length(body) <= 1600),
  segment_count int not null check (segment_count >= 0),
  -- [{url, contentType}], not fetched yet.
  media jsonb not null,
  -- What it says about being texted; null: nothing.
  said text,
  received_at timestamptz not null
);
create index texts_set_aside_by_number on app.texts_set_aside (to_phone);
alter table app.texts_set_aside enable row level security;
alter table app.texts_set_aside force row level security;
create policy arrival on app.texts_set_aside for insert to app_user with check ((select app.tenant()) is null);
create policy search on app.texts_set_aside to app_search using (true);
grant insert on app.texts_set_aside to app_user;
grant select, delete on app.texts_set_aside to app_search;

-- The message that said so, by the carrier's name, where it is none of the tenant's: the carrier stops a whole pool.
alter table app.consent_ledger
  add column evidence_provider_sid text check (evidence_provider_sid ~ '^(SM|MM)[0-9a-f]{32}$');
create index consent_ledger_elsewhere on app.consent_ledger (tenant_id, evidence_provider_sid)
  where evidence_provider_sid is not null;

grant select (phone) on app.patients to app_search;

-- Where a text belongs. A registered number says so. Otherwise a practice of the pool: the one with the newest
-- conversation with the patient, as long as one tenant alone has any; in a pool of one tenant also one that has such a
-- patient, else the one with the lowest number. No row: nobody can say.
create function app.place_of_text(sid text, from_phone text, to_phone text, service_sid text)
  returns table (tenant_id uuid, practice_id uuid, registered boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 1
begin atomic
  with pool as (
    select number.tenant_id, number.practice_id, min(number.phone) as lowest from app.senders number
    where number.messaging_service_sid = service_sid
      and not exists (select from app.senders known where known.phone = to_phone)
    group by number.tenant_id, number.practice_id
  ), talk as (
    select known.tenant_id, known.practice_id, known.sort_at from app.conversations known
    join pool on pool.tenant_id = known.tenant_id and pool.practice_id = known.practice_id
    where known.patient_phone = from_phone
  ), choice as (
    select number.tenant_id, number.practice_id, 0 as rank, null::timestamptz as at, number.phone as lowest
    from app.senders number where number.phone = to_phone
    union all
    select talk.tenant_id, talk.practice_id, 1, talk.sort_at, '' from talk
    where (select count(distinct talk.tenant_id) from talk) = 1
    union all
    select pool.tenant_id, pool.practice_id,
      case when exists (
        select from app.patients patient
        where patient.tenant_id = pool.tenant_id and patient.practice_id = pool.practice_id and patient.phone = from_phone
      ) then 2 else 3 end, null, pool.lowest
    from pool where (select count(distinct pool.tenant_id) from pool) = 1
  )
  select choice.tenant_id, choice.practice_id, choice.rank = 0 from choice
  where not exists (select from app.texts_set_aside aside where aside.provider_sid = sid)
  order by choice.rank, choice.at desc nulls last, choice.lowest, choice.practice_id limit 1;
end;
alter function app.place_of_text(text, text, text, text) owner to app_search;
revoke execute on function app.place_of_text(text, text, text, text) from public;
grant execute on function app.place_of_text(text, text, text, text) to app_user;

create function app.tenants_of_pool(service_sid text) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 2
begin atomic
  select distinct number.tenant_id from app.senders number where number.messaging_service_sid = service_sid order by 1;
end;
alter function app.tenants_of_pool(text) owner to app_search;
revoke execute on function app.tenants_of_pool(text) from public;
grant execute on function app.tenants_of_pool(text) to app_user;

-- What was set aside for a number that is somebody's by now, and who wrote it, whose number is held before it is taken.
create function app.texts_to_place(most int) returns table (tenant_id uuid, provider_sid text, from_phone text)
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 20
begin atomic
  select number.tenant_id, aside.provider_sid, aside.from_phone
  from app.texts_set_aside aside join app.senders number on number.phone = aside.to_phone
  order by aside.received_at
  limit most;
end;
alter function app.texts_to_place(int) owner to app_search;
revoke execute on function app.texts_to_place(int) from public;
grant execute on function app.texts_to_place(int) to app_user;

-- Takes one away and answers it, to the tenant alone that has its number.
create function app.take_text_set_aside(sid text)
  returns table (practice_id uuid, messaging_service_sid text, to_phone text, from_phone text, body text,
    segment_count int, media jsonb, said text, received_at timestamptz)
  language sql volatile security definer set search_path = pg_catalog, pg_temp rows 1
begin atomic
  delete from app.texts_set_aside aside using app.senders number
  where aside.provider_sid = sid and number.phone = aside.to_phone and number.tenant_id = app.tenant()
  returning number.practice_id, aside.messaging_service_sid, aside.to_phone, aside.from_phone, aside.body,
    aside.segment_count, aside.media, aside.said, aside.received_at;
end;
alter function app.take_text_set_aside(text) owner to app_search;
revoke execute on function app.take_text_set_aside(text) from public;
grant execute on function app.take_text_set_aside(text) to app_user;

-- For whoever sets up practices: the numbers that texts wait for, how many, and since when. Nothing of a patient.
create function app.numbers_wanted() returns table (phone text, texts bigint, since timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select aside.to_phone, count(*), min(aside.received_at) from app.texts_set_aside aside group by aside.to_phone
  order by min(aside.received_at);
end;
alter function app.numbers_wanted() owner to app_search;
revoke execute on function app.numbers_wanted() from public;
grant execute on function app.numbers_wanted() to app_owner;
