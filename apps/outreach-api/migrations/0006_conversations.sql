-- kind: expand
-- Conversations of a practice with telephone numbers, and what is needed to say how long somebody has been waiting.

-- Minutes of opening time in which a patient's message is to be answered, and after which a warning is shown. Quiet
-- hours are the patient's, by their own clock.
alter table app.practices
  add column response_target_min int not null default 10,
  add column response_warning_min int not null default 7,
  add column quiet_from time not null default '21:00',
  add column quiet_until time not null default '08:00';

-- By the practice's clock. A practice without any rows is open at all hours. `closes` may be 24:00.
create table app.opening_hours (
  tenant_id uuid not null references app.tenants (id),
  practice_id uuid not null,
  -- ISO 8601: Monday is 1.
  weekday int not null check (weekday between 1 and 7),
  opens time not null,
  closes time not null check (closes > opens),
  primary key (tenant_id, practice_id, weekday, opens),
  foreign key (tenant_id, practice_id) references app.practices (tenant_id, id)
);

-- Days on which a practice is closed.
create table app.holidays (
  tenant_id uuid not null references app.tenants (id),
  practice_id uuid not null,
  day date not null,
  primary key (tenant_id, practice_id, day),
  foreign key (tenant_id, practice_id) references app.practices (tenant_id, id)
);

-- Numbers a practice writes from. What arrives at one of them is for its tenant and practice.
create table app.senders (
  phone text primary key check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  tenant_id uuid not null references app.tenants (id),
  practice_id uuid not null,
  -- A pool of numbers at the carrier; null: the number alone.
  messaging_service_sid text check (messaging_service_sid ~ '^MG[0-9a-f]{32}$'),
  foreign key (tenant_id, practice_id) references app.practices (tenant_id, id)
);
create index senders_of_practice on app.senders (tenant_id, practice_id);

-- Every row that browsers are told of carries the transaction that wrote it last and a number within it. Numbers of a
-- sequence are not committed in order, and a later transaction may have the lower number. So the feed is read in order
-- of (change_xid, change_seq), up to the oldest transaction that is still under way: what lies before that is complete.
-- Whoever writes therefore keeps transactions short. A transaction that waits for somebody else, the carrier above all,
-- writes nothing and locks no row before the answer is there; an advisory lock is no such write.
create sequence app.change_seq as bigint;
create function app.mark_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.change_seq := nextval('app.change_seq');
  new.change_xid := pg_current_xact_id();
  return new;
end $$;

create table app.conversations (
  id uuid primary key,
  tenant_id uuid not null references app.tenants (id),
  practice_id uuid not null,
  patient_phone text not null check (patient_phone ~ '^\+[1-9][0-9]{6,14}$'),
  -- Whom messages are about: one of conversation_patients. Null: nobody known, or several of whom none was chosen.
  patient_id uuid references app.patients (id),
  -- How many conversation_patients it has. Kept by them.
  patient_count int not null default 0 check (patient_count >= 0),
  -- A name given by hand. Null: called by its patients, or its number.
  friendly_name text check (char_length(friendly_name) between 1 and 255),
  status text not null default 'active' check (status in ('active', 'archived')),
  assigned_sax_id bigint,
  -- Who is answering now, and until when nobody else may say so. Over by itself.
  claimed_by_sax_id bigint,
  claimed_until timestamptz,
  -- When the first unanswered message arrived; null when there is none. The other two follow from it and the practice's
  -- calendar, and are written with it: which conversations are at risk is a comparison with the asking person's now.
  waiting_since timestamptz,
  warn_at timestamptz,
  due_at timestamptz,
  -- Inbound messages that nobody of the practice has read.
  unread_count int not null default 0 check (unread_count >= 0),
  -- Number of the newest message; the next one gets the next. Taken with the row locked, so that the order of messages
  -- is the order in which they were stored.
  last_message_seq bigint not null default 0,
  last_message_at timestamptz,
  last_message_direction text check (last_message_direction in ('inbound', 'outbound')),
  last_message_preview text not null default '' check (char_length(last_message_preview) <= 160),
  -- Copy of app.consent, for lists. Kept by the ledger; never what a send is decided by.
  consent_state text not null default 'subscribed' check (consent_state in ('subscribed', 'opted_out', 'held')),
  created_at timestamptz not null default now(),
  change_seq bigint not null default 0,
  change_xid xid8 not null default pg_current_xact_id(),
  sort_at timestamptz not null generated always as (coalesce(last_message_at, created_at)) stored,
  search_text text not null generated always as
    (app.search_form(coalesce(friendly_name, '') || ' ' || patient_phone)) stored,
  check ((claimed_by_sax_id is null) = (claimed_until is null)),
  check ((waiting_since is null) = (warn_at is null) and (waiting_since is null) = (due_at is null)),
  unique (tenant_id, id),
  unique (tenant_id, practice_id, patient_phone),
  foreign key (tenant_id, practice_id) references app.practices (tenant_id, id)
);
create index conversations_by_time on app.conversations (tenant_id, practice_id, status, sort_at, id);
create index conversations_by_time_of_tenant on app.conversations (tenant_id, status, sort_at, id);
create index conversations_waiting on app.conversations (tenant_id, waiting_since, id)
  where waiting_since is not null;
create index conversations_unread on app.conversations (tenant_id, sort_at, id) where unread_count > 0;
create index conversations_assigned on app.conversations (tenant_id, assigned_sax_id, sort_at, id)
  where assigned_sax_id is not null;
create index conversations_of_phone on app.conversations (tenant_id, patient_phone);
create index conversations_changes on app.conversations (tenant_id, change_xid, change_seq);
create index conversations_search on app.conversations using gin (tenant_id, search_text public.gin_trgm_ops);
create trigger mark_change before insert or update on app.conversations
  for each row execute function app.mark_change();

-- Several patients may share one telephone.
create table app.conversation_patients (
  tenant_id uuid not null,
  conversation_id uuid not null,
  patient_id uuid not null references app.patients (id),
  -- Null: found by the number when a message arrived.
  linked_by_sax_id bigint,
  linked_at timestamptz not null default now(),
  primary key (tenant_id, conversation_id, patient_id),
  foreign key (tenant_id, conversation_id) references app.conversations (tenant_id, id)
);
create function app.count_patients() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update app.conversations
    set patient_count = patient_count + case tg_op when 'INSERT' then 1 else -1 end
    where tenant_id = coalesce(new.tenant_id, old.tenant_id) and id = coalesce(new.conversation_id, old.conversation_id);
  return null;
end $$;
create trigger count_patients after insert or delete on app.conversation_patients
  for each row execute function app.count_patients();
create index conversation_patients_of_patient on app.conversation_patients (tenant_id, patient_id);
create index patients_by_phone on app.patients (tenant_id, phone);

-- Seen by staff, never sent.
create table app.notes (
  id uuid primary key,
  tenant_id uuid not null,
  practice_id uuid not null,
  conversation_id uuid not null,
  author_sax_id bigint not null,
  body text not null check (char_length(body) between 1 and 4000),
  created_at timestamptz not null default now(),
  change_seq bigint not null default 0,
  change_xid xid8 not null default pg_current_xact_id(),
  foreign key (tenant_id, conversation_id) references app.conversations (tenant_id, id)
);
create index notes_of_conversation on app.notes (tenant_id, conversation_id, created_at);
create index notes_changes on app.notes (tenant_id, change_xid, change_seq);
create trigger mark_change before insert or update on app.notes for each row execute function app.mark_change();

-- Who has a conversation open, or is writing. Over when `until` has passed; nobody has to tidy up.
create table app.presence (
  tenant_id uuid not null,
  practice_id uuid not null,
  conversation_id uuid not null,
  sax_id bigint not null,
  state text not null check (state in ('looking', 'typing', 'gone')),
  until timestamptz not null,
  change_seq bigint not null default 0,
  change_xid xid8 not null default pg_current_xact_id(),
  primary key (tenant_id, conversation_id, sax_id),
  foreign key (tenant_id, conversation_id) references app.conversations (tenant_id, id)
);
create index presence_changes on app.presence (tenant_id, change_xid, change_seq);
create trigger mark_change before insert or update on app.presence for each row execute function app.mark_change();

alter table app.opening_hours enable row level security;
alter table app.opening_hours force row level security;
alter table app.holidays enable row level security;
alter table app.holidays force row level security;
alter table app.senders enable row level security;
alter table app.senders force row level security;
alter table app.conversations enable row level security;
alter table app.conversations force row level security;
alter table app.conversation_patients enable row level security;
alter table app.conversation_patients force row level security;
alter table app.notes enable row level security;
alter table app.notes force row level security;
alter table app.presence enable row level security;
alter table app.presence force row level security;

create policy tenant on app.opening_hours to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.holidays to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.senders to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.conversations to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.conversation_patients to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.notes to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.presence to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));

-- Set up with the tenant, by the owner of the tables.
create policy owner on app.opening_hours to app_owner using (true) with check (true);
create policy owner on app.holidays to app_owner using (true) with check (true);
create policy owner on app.senders to app_owner using (true) with check (true);

grant usage on sequence app.change_seq to app_user, app_search;
grant select on app.opening_hours, app.holidays, app.senders to app_user;
grant select, insert, update on app.conversations, app.presence to app_user;
grant select, insert, delete on app.conversation_patients to app_user;
grant select, insert on app.notes to app_user;
