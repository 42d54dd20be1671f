-- kind: expand
-- Conversations whose newest message is ours, and of which the carrier says that it did not arrive. Whatever comes behind
-- it, from either side, means that somebody knows. Kept by the two triggers, so that nobody can forget it and lists,
-- which hear of conversations, hear of this. From this migration on: what failed before it stays as it is.
alter table app.conversations add column not_arrived boolean not null default false;
create index conversations_not_arrived on app.conversations (tenant_id, id) where not_arrived;

create function app.tell_arrival() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  failed constant boolean := new.status in ('failed', 'undelivered') and new.cancelled_at is null;
begin
  update app.conversations c set not_arrived = failed
  where c.tenant_id = new.tenant_id and c.id = new.conversation_id and c.last_message_seq = new.seq
    and c.not_arrived <> failed;
  return null;
end $$;
create trigger tell_arrival after update of status, cancelled_at on app.messages
  for each row when (new.direction = 'outbound') execute function app.tell_arrival();

create function app.newer_message() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.not_arrived := false;
  return new;
end $$;
create trigger newer_message before update of last_message_seq on app.conversations
  for each row when (new.last_message_seq > old.last_message_seq) execute function app.newer_message();
