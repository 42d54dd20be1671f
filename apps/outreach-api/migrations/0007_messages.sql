-- kind: expand
create table app.messages (
  id uuid primary key,
  tenant_id uuid not null,
  practice_id uuid not null,
  conversation_id uuid not null,
  -- Place in the conversation, from 1, without gaps: conversations.last_message_seq at the time.
  seq bigint not null check (seq > 0),
  direction text not null check (direction in ('inbound', 'outbound')),
  -- As typed. Empty for a picture without words.
  body text not null check (char_length(body) <= 1600),
  -- An inbound message is 'delivered' from the beginning. Outbound ones move by rank, whatever the order of callbacks:
  -- queued, sending, sent, delivered, read; failed and undelivered are ends.
  status text not null check (status in ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'undelivered')),
  segment_count int not null default 0 check (segment_count >= 0),
  -- Null: not written by a person of ours.
  author_sax_id bigint,
  template_id uuid,
  -- The sender's own name for this intention: the same one again is the same message. Null: inbound.
  client_id uuid,
  -- The carrier's name for it (MessageSid). Null until the carrier has it.
  provider_sid text unique check (provider_sid ~ '^(SM|MM)[0-9a-f]{32}$'),
  -- The carrier's error number.
  error_code int,
  -- Not to be sent before this; null: at once.
  scheduled_for timestamptz,
  -- Marks of a classifier, for the eye alone.
  sentiment text check (sentiment in ('positive', 'neutral', 'negative')),
  urgent boolean,
  created_at timestamptz not null,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  change_seq bigint not null default 0,
  change_xid xid8 not null default pg_current_xact_id(),
  search_text text not null generated always as (app.search_form(body)) stored,
  unique (tenant_id, id),
  unique (tenant_id, client_id),
  unique (tenant_id, conversation_id, seq),
  check ((direction = 'outbound') = (client_id is not null)),
  foreign key (tenant_id, conversation_id) references app.conversations (tenant_id, id)
);
create index messages_changes on app.messages (tenant_id, change_xid, change_seq);
create index messages_search on app.messages using gin (tenant_id, search_text public.gin_trgm_ops);
create trigger mark_change before insert or update on app.messages for each row execute function app.mark_change();

-- Pictures, in private storage. Kept and shown only when what they are is what they say.
create table app.message_media (
  id uuid primary key,
  tenant_id uuid not null,
  message_id uuid not null,
  position int not null check (position >= 0),
  content_type text not null,
  -- Null until it has been fetched.
  storage_key text,
  bytes bigint check (bytes >= 0),
  verdict text not null default 'waiting' check (verdict in ('waiting', 'kept', 'refused')),
  unique (tenant_id, message_id, position),
  foreign key (tenant_id, message_id) references app.messages (tenant_id, id),
  check (verdict <> 'kept' or (storage_key is not null and bytes is not null))
);

alter table app.messages enable row level security;
alter table app.messages force row level security;
alter table app.message_media enable row level security;
alter table app.message_media force row level security;
create policy tenant on app.messages to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.message_media to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
grant select, insert, update on app.messages, app.message_media to app_user;

-- As patients_matching: names and numbers, and from three letters on what was written. Answers conversations of the
-- asking tenant; the caller reads the rows under its own policies. Each source has to match every word by itself.
create policy search on app.conversations for select to app_search using (true);
create policy search on app.conversation_patients for select to app_search using (true);
create policy search on app.messages for select to app_search using (true);
grant select (id, tenant_id, practice_id, patient_phone, search_text) on app.conversations to app_search;
grant select (tenant_id, conversation_id, patient_id) on app.conversation_patients to app_search;
grant select (id, tenant_id, conversation_id, provider_sid, search_text) on app.messages to app_search;

create function app.conversations_matching(pattern text, others text[], in_text boolean) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 50
begin atomic
  select id from app.conversations
  where tenant_id = (select app.tenant()) and search_text like pattern and search_text like all (others)
  union
  select linked.conversation_id
  from app.patients named
  join app.conversation_patients linked on linked.tenant_id = named.tenant_id and linked.patient_id = named.id
  where named.tenant_id = (select app.tenant()) and named.search_text like pattern
    and named.search_text like all (others)
  union
  select conversation_id from app.messages
  where in_text and tenant_id = (select app.tenant()) and search_text like pattern and search_text like all (others);
end;
alter function app.conversations_matching(text, text[], boolean) owner to app_search;
revoke execute on function app.conversations_matching(text, text[], boolean) from public;
grant execute on function app.conversations_matching(text, text[], boolean) to app_user;
