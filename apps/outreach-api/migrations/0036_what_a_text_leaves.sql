-- kind: expand
-- What is kept of a text that came in.

-- Which of our numbers the patient texted last: answers go out from it, while the practice has it. Null: none yet.
alter table app.conversations
  add column texted_phone text check (texted_phone ~ '^\+[1-9][0-9]{6,14}$');

-- The transaction that stored a message. Unlike change_xid it stays, so that who has read the feed up to a transaction
-- can be told for the first time what was stored after it. Null: stored before this was kept.
alter table app.messages add column stored_xid xid8;
alter table app.messages alter column stored_xid set default pg_current_xact_id();
