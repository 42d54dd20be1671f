-- kind: expand
-- An answer that did not arrive answers nobody. A message remembers whose waiting it ended; when it, and every answer
-- after it, was given up they wait again, since when they did. When one arrives after all, or is sent again, no longer.
alter table app.messages
  add column answered_since timestamptz,
  add column answered_warn_at timestamptz,
  add column answered_due_at timestamptz;

create function app.wait_again() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  answer app.messages;
begin
  select * into answer from app.messages ending
    where ending.tenant_id = new.tenant_id and ending.conversation_id = new.conversation_id and ending.seq <= new.seq
      and ending.answered_since is not null
    order by ending.seq desc limit 1;
  if answer.id is null then
    return null;
  elsif new.status not in ('failed', 'undelivered') then
    update app.conversations c set waiting_since = null, warn_at = null, due_at = null
    where c.tenant_id = new.tenant_id and c.id = new.conversation_id and c.waiting_since = answer.answered_since
      and not exists (
        select from app.messages asked
        where asked.tenant_id = new.tenant_id and asked.conversation_id = new.conversation_id and asked.seq > new.seq
          and asked.direction = 'inbound'
      );
  elsif not exists (
    select from app.messages other
    where other.tenant_id = new.tenant_id and other.conversation_id = new.conversation_id and other.seq >= answer.seq
      and other.direction = 'outbound' and other.author_sax_id is not null
      and other.status not in ('failed', 'undelivered')
  ) then
    update app.conversations c set
      waiting_since = least(c.waiting_since, answer.answered_since),
      warn_at = least(c.warn_at, answer.answered_warn_at),
      due_at = least(c.due_at, answer.answered_due_at)
    where c.tenant_id = new.tenant_id and c.id = new.conversation_id;
  end if;
  return null;
end $$;
create trigger wait_again after update of status on app.messages
  for each row
  when (new.direction = 'outbound' and new.author_sax_id is not null
    and (old.status in ('failed', 'undelivered')) <> (new.status in ('failed', 'undelivered')))
  execute function app.wait_again();
