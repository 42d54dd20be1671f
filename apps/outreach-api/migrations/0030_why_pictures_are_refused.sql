-- kind: expand
-- Why a picture was not kept, for the person who misses it; null where that was not written down. too_large and kind: not
-- shown. mismatch: not what it said it was. gone: the carrier has it no more. not_fetched: it could not be had in time.
alter table app.message_media
  add column refusal text check (refusal in ('too_large', 'kind', 'mismatch', 'gone', 'not_fetched'));
