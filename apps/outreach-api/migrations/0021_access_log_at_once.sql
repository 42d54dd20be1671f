-- kind: expand
-- An entry of the access log names up to a hundred ids. Collected on a list first, they made every hundredth reader wait
-- for all of them to be sorted in; at once they cost each a part of a millisecond.
alter index app.audit_log_by_patient set (fastupdate = off);
alter index app.audit_log_by_conversation set (fastupdate = off);
select gin_clean_pending_list('app.audit_log_by_patient'), gin_clean_pending_list('app.audit_log_by_conversation');
