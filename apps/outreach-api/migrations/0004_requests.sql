-- Answers already given under an Idempotency-Key, kept for a day.
create table app.idempotency_keys (
  tenant_id uuid not null references app.tenants (id),
  sax_id bigint not null,
  key text not null check (char_length(key) between 1 and 200),
  -- SHA-256 of method, path and body, so that a key cannot answer another question.
  fingerprint text not null,
  -- Null while the first request is under way; others wait for its end on the primary key.
  body json,
  created_at timestamptz not null default now(),
  primary key (tenant_id, sax_id, key)
);

-- Who did what to which patients. Ids only, never a name. Written, never changed.
create table app.audit_log (
  id bigint generated always as identity primary key,
  tenant_id uuid not null references app.tenants (id),
  practice_id uuid not null,
  sax_id bigint not null,
  action text not null check (action ~ '^[a-z]+\.[a-z_]+$'),
  patient_ids uuid[] not null,
  request_id text not null,
  at timestamptz not null default now()
);
create index audit_log_by_time on app.audit_log (tenant_id, at);
create index audit_log_by_patient on app.audit_log using gin (patient_ids);

alter table app.idempotency_keys enable row level security;
alter table app.idempotency_keys force row level security;
alter table app.audit_log enable row level security;
alter table app.audit_log force row level security;

create policy tenant on app.idempotency_keys to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.audit_log to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));

grant select, insert, update, delete on app.idempotency_keys to app_user;
grant insert on app.audit_log to app_user;
