-- kind: expand
-- Pictures that somebody of the practice has chosen for a conversation. Sent with a message they are the message's, under
-- the same id; until then their author's alone.
create table app.uploads (
  id uuid primary key,
  tenant_id uuid not null references app.tenants (id),
  practice_id uuid not null,
  conversation_id uuid not null,
  author_sax_id bigint not null,
  content_type text not null,
  storage_key text not null,
  bytes bigint not null check (bytes > 0),
  created_at timestamptz not null,
  -- The message it went with; null: none yet.
  message_id uuid,
  foreign key (tenant_id, conversation_id) references app.conversations (tenant_id, id),
  foreign key (tenant_id, message_id) references app.messages (tenant_id, id)
);
alter table app.uploads enable row level security;
alter table app.uploads force row level security;
create policy tenant on app.uploads to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
grant select, insert, update on app.uploads to app_user;

-- As tenant_of_message: the carrier names a picture and no tenant.
create function app.tenant_of_media(media uuid) returns uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select tenant_id from app.message_media where id = media;
end;
alter function app.tenant_of_media(uuid) owner to app_search;
revoke execute on function app.tenant_of_media(uuid) from public;
grant execute on function app.tenant_of_media(uuid) to app_user;
