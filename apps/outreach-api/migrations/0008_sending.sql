-- kind: expand
-- What is to be sent, and to whom nothing is.

-- One row for each outbound message, written with it. waiting: to be sent at next_attempt_at. claimed: a worker has it.
-- sending: the request may be on its way. unknown: it may have been taken; to be asked for before any second attempt.
-- done: the carrier has it. dead: given up; a person may send it again.
create table app.outbox (
  message_id uuid primary key,
  tenant_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'claimed', 'sending', 'unknown', 'done', 'dead')),
  attempts int not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null,
  -- Which worker, and until when it may be taken for alive.
  claimed_by text,
  claimed_until timestamptz,
  last_error text,
  changed_at timestamptz not null default now(),
  foreign key (tenant_id, message_id) references app.messages (tenant_id, id)
);
create index outbox_due on app.outbox (next_attempt_at) where state not in ('done', 'dead');
create index outbox_dead on app.outbox (tenant_id, changed_at) where state = 'dead';

-- Whether a number may be written to. No row: nobody has said anything, which is yes. held: what was written may have
-- meant stop; nothing is sent until a person has decided. Changed by the ledger alone.
create table app.consent (
  tenant_id uuid not null references app.tenants (id),
  phone text not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  state text not null check (state in ('subscribed', 'opted_out', 'held')),
  changed_at timestamptz not null,
  primary key (tenant_id, phone)
);

-- Why it is so. Written, never changed; writing a row is what changes the state.
create table app.consent_ledger (
  id bigint generated always as identity primary key,
  tenant_id uuid not null references app.tenants (id),
  phone text not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  state text not null check (state in ('subscribed', 'opted_out', 'held')),
  -- keyword: STOP, START and their like. free_text: words to that effect. carrier: it refused the number as opted out.
  -- staff: a person decided.
  source text not null check (source in ('keyword', 'free_text', 'carrier', 'staff')),
  -- The message that said so.
  evidence_message_id uuid,
  -- Who decided; there is one exactly when a person did.
  actor_sax_id bigint,
  reason text check (char_length(reason) between 1 and 500),
  at timestamptz not null,
  check ((source = 'staff') = (actor_sax_id is not null)),
  foreign key (tenant_id, evidence_message_id) references app.messages (tenant_id, id)
);
create index consent_ledger_of_phone on app.consent_ledger (tenant_id, phone, id);

-- Names of inbound messages that were stored. The carrier may tell one more than once.
create table app.inbound_receipts (
  provider_sid text primary key check (provider_sid ~ '^(SM|MM)[0-9a-f]{32}$'),
  tenant_id uuid not null,
  message_id uuid not null,
  received_at timestamptz not null,
  foreign key (tenant_id, message_id) references app.messages (tenant_id, id)
);

alter table app.outbox enable row level security;
alter table app.outbox force row level security;
alter table app.consent enable row level security;
alter table app.consent force row level security;
alter table app.consent_ledger enable row level security;
alter table app.consent_ledger force row level security;
alter table app.inbound_receipts enable row level security;
alter table app.inbound_receipts force row level security;
create policy tenant on app.outbox to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.consent to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.consent_ledger to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.inbound_receipts to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
grant select, insert, update on app.outbox to app_user;
grant select on app.consent to app_user;
grant select, insert on app.consent_ledger, app.inbound_receipts to app_user;

-- The choke point. A sender holds the number shared from the look at app.consent to the carrier's answer; whoever takes
-- consent away holds it alone before saying so. What two numbers have in common by their hash only makes them wait.
-- Held to the end of the transaction. Not a row lock: that would count as a write and stop the feed of changes.
create function app.phone_key(phone text) returns bigint language sql stable parallel safe
  return hashtextextended(app.tenant()::text || ' ' || phone, 0);
create function app.hold_phone_shared(phone text) returns void language sql volatile
  begin atomic select pg_advisory_xact_lock_shared(app.phone_key(phone)); end;
create function app.hold_phone_alone(phone text) returns void language sql volatile
  begin atomic select pg_advisory_xact_lock(app.phone_key(phone)); end;

-- A row of the ledger sets the state, and tells the conversations with the number.
create policy ledger on app.consent to app_search using (true) with check (true);
create policy ledger on app.conversations for update to app_search using (true) with check (true);
grant select, insert, update on app.consent to app_search;
grant update (consent_state) on app.conversations to app_search;
grant select (consent_state) on app.conversations to app_search;
create function app.apply_consent() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.consent as known (tenant_id, phone, state, changed_at)
    values (new.tenant_id, new.phone, new.state, new.at)
    on conflict (tenant_id, phone) do update set state = excluded.state, changed_at = excluded.changed_at;
  update app.conversations set consent_state = new.state
    where tenant_id = new.tenant_id and patient_phone = new.phone and consent_state <> new.state;
  return null;
end $$;
alter function app.apply_consent() owner to app_search;
revoke execute on function app.apply_consent() from public;
create trigger apply_consent after insert on app.consent_ledger
  for each row execute function app.apply_consent();

-- Who is meant, asked before a tenant is known. Ids only; everything else is read within the tenant they name.
create policy search on app.senders for select to app_search using (true);
create policy search on app.outbox for select to app_search using (true);
grant select (phone, tenant_id, practice_id, messaging_service_sid) on app.senders to app_search;
grant select (message_id, tenant_id, state, next_attempt_at, claimed_until) on app.outbox to app_search;

-- Where an inbound message belongs: by the number it was sent to, or by its pool when that is one practice's.
create function app.receiver_of(to_phone text, service_sid text)
  returns table (tenant_id uuid, practice_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 1
begin atomic
  select sender.tenant_id, sender.practice_id from app.senders sender where sender.phone = to_phone
  union all
  select (min(pool.tenant_id::text))::uuid, (min(pool.practice_id::text))::uuid from app.senders pool
  where pool.messaging_service_sid = service_sid
    and not exists (select from app.senders sender where sender.phone = to_phone)
  having count(distinct pool.practice_id) = 1;
end;
alter function app.receiver_of(text, text) owner to app_search;
revoke execute on function app.receiver_of(text, text) from public;
grant execute on function app.receiver_of(text, text) to app_user;

-- Whose message it is, by our id or, where that is null, by the carrier's.
create function app.tenant_of_message(message uuid, sid text) returns uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select tenant_id from app.messages where id = message
  union all
  select tenant_id from app.messages where message is null and provider_sid = sid
  limit 1;
end;
alter function app.tenant_of_message(uuid, text) owner to app_search;
revoke execute on function app.tenant_of_message(uuid, text) from public;
grant execute on function app.tenant_of_message(uuid, text) to app_user;

-- What a worker should look at, the longest due first: what waits, what is unknown, and what a worker left behind.
create function app.due_sends(at timestamptz, most int) returns table (tenant_id uuid, message_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 100
begin atomic
  select due.tenant_id, due.message_id from app.outbox due
  where due.state not in ('done', 'dead') and due.next_attempt_at <= at
    and (due.state in ('waiting', 'unknown') or due.claimed_until is null or due.claimed_until <= at)
  order by due.next_attempt_at
  limit most;
end;
alter function app.due_sends(timestamptz, int) owner to app_search;
revoke execute on function app.due_sends(timestamptz, int) from public;
grant execute on function app.due_sends(timestamptz, int) to app_user;
