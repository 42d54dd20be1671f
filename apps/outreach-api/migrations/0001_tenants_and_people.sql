-- Who asks is a setting of the transaction. Unset reads as NULL, or as '' once a transaction that set it has ended.
create function app.tenant() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.tenant_id', true), '')::uuid;

-- Set in one kind of transaction only: "which practices is this person a member of?"
create function app.member() returns bigint language sql stable parallel safe
  return nullif(current_setting('app.member_sax_id', true), '')::bigint;

create table app.tenants (
  id uuid primary key,
  name text not null check (name <> '')
);

create table app.practices (
  id uuid primary key,
  tenant_id uuid not null references app.tenants (id),
  name text not null check (name <> ''),
  phone text not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  time_zone text not null,
  unique (tenant_id, id)
);

-- A person may work for several tenants, so the row itself has none; who may see it follows from `roles`.
create table app.people (
  sax_id bigint primary key check (sax_id > 0),
  name text not null,
  email text not null
);

create table app.roles (
  id bigint generated always as identity primary key,
  tenant_id uuid not null references app.tenants (id),
  -- Null: in every practice of the tenant.
  practice_id uuid,
  sax_id bigint not null references app.people (sax_id),
  role text not null check (role in ('coordinator', 'manager', 'administrator')),
  foreign key (tenant_id, practice_id) references app.practices (tenant_id, id),
  unique nulls not distinct (sax_id, tenant_id, practice_id, role)
);
create index roles_tenant on app.roles (tenant_id);

alter table app.tenants enable row level security;
alter table app.tenants force row level security;
alter table app.practices enable row level security;
alter table app.practices force row level security;
alter table app.people enable row level security;
alter table app.people force row level security;
alter table app.roles enable row level security;
alter table app.roles force row level security;

create policy tenant on app.tenants to app_user using (id = (select app.tenant()));
create policy tenant on app.practices to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.roles to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));

-- A member sees their own roles in any tenant, and through them the practices and tenants these name. Reading only.
-- No other table has such a policy, so a transaction that set no tenant sees nothing else.
create policy membership on app.roles for select to app_user using (sax_id = (select app.member()));
create policy membership on app.practices for select to app_user using (
  exists (
    select from app.roles held
    where held.sax_id = (select app.member())
      and held.tenant_id = practices.tenant_id
      and (held.practice_id is null or held.practice_id = practices.id)
  )
);
create policy membership on app.tenants for select to app_user using (
  exists (select from app.roles held where held.sax_id = (select app.member()) and held.tenant_id = tenants.id)
);

-- `roles` is read under its own policies here: colleagues of the tenant, or one's own row.
create policy colleague on app.people for select to app_user
  using (exists (select from app.roles held where held.sax_id = people.sax_id));

grant select on app.tenants, app.practices, app.people, app.roles to app_user;
