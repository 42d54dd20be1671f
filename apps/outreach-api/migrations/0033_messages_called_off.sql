-- kind: expand
-- A message that a person called off before the carrier had it. It is 'failed' to whoever does not know of this, so that
-- the patient whom it would have answered waits again; null: it was not called off.
alter table app.messages
  add column cancelled_at timestamptz,
  add column cancelled_by_sax_id bigint;
