create table app.template_categories (
  tenant_id uuid not null references app.tenants (id),
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null,
  position int not null,
  primary key (tenant_id, slug)
);

create table app.templates (
  id uuid primary key,
  tenant_id uuid not null references app.tenants (id),
  -- Null: for every practice of the tenant.
  practice_id uuid,
  -- Null: shared. Not a foreign key: who asks is known from the token, perhaps before `people` knows them.
  owner_sax_id bigint,
  name text not null check (char_length(name) between 1 and 100),
  category text not null,
  content text not null check (char_length(content) between 1 and 1600),
  variables text[] not null,
  version int not null default 1 check (version > 0),
  updated_by_sax_id bigint,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  sort_name text not null generated always as (app.search_form(name)) stored,
  search_text text not null generated always as (app.search_form(name || ' ' || content)) stored,
  check (owner_sax_id is null or practice_id is not null),
  unique (tenant_id, id),
  foreign key (tenant_id, practice_id) references app.practices (tenant_id, id),
  foreign key (tenant_id, category) references app.template_categories (tenant_id, slug)
);
create index templates_by_name on app.templates (tenant_id, sort_name, id);

create table app.template_usage (
  tenant_id uuid not null,
  template_id uuid not null,
  sax_id bigint not null,
  use_count int not null check (use_count > 0),
  last_used_at timestamptz not null default now(),
  primary key (tenant_id, template_id, sax_id),
  foreign key (tenant_id, template_id) references app.templates (tenant_id, id)
);

alter table app.template_categories enable row level security;
alter table app.template_categories force row level security;
alter table app.templates enable row level security;
alter table app.templates force row level security;
alter table app.template_usage enable row level security;
alter table app.template_usage force row level security;

create policy tenant on app.template_categories to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.templates to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));
create policy tenant on app.template_usage to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));

-- Templates are archived, never deleted.
grant select on app.template_categories to app_user;
grant select, insert, update on app.templates, app.template_usage to app_user;
