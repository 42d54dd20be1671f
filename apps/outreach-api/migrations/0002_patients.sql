-- How text is compared when people search: letters without accents or case, apostrophes and dots ignored, hyphens as
-- spaces. Compatibility decomposition first, so that it does not matter how an accent was typed. `unaccent` is only
-- stable because its dictionary could be replaced; ours never is.
create function app.search_form(value text) returns text language sql immutable strict parallel safe
  return btrim(regexp_replace(
    translate(
      lower(public.unaccent('public.unaccent'::regdictionary,
        regexp_replace(normalize(value, NFKD), '[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]', '', 'g'))),
      '''`’ʼ.,', ''),
    '[\s-]+', ' ', 'g'));

-- A LIKE pattern for "contains", with the wildcards that a person typed taken literally.
create function app.contains_pattern(value text) returns text language sql immutable strict parallel safe
  return '%' || replace(replace(replace(app.search_form(value), '\', '\\'), '%', '\%'), '_', '\_') || '%';

create table app.patients (
  id uuid primary key,
  tenant_id uuid not null references app.tenants (id),
  practice_id uuid not null,
  first_name text not null,
  last_name text not null,
  date_of_birth date not null,
  phone text check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  email text,
  time_zone text not null,
  preferred_language text not null,
  created_at timestamptz not null default now(),
  sort_name text not null generated always as (app.search_form(last_name || ' ' || first_name)) stored,
  search_text text not null generated always as
    (app.search_form(first_name || ' ' || last_name || ' ' || coalesce(phone, ''))) stored,
  foreign key (tenant_id, practice_id) references app.practices (tenant_id, id)
);
create index patients_by_name on app.patients (tenant_id, practice_id, sort_name, id);
create index patients_by_birth on app.patients (tenant_id, date_of_birth);
create index patients_search on app.patients using gin (tenant_id, search_text public.gin_trgm_ops);

alter table app.patients enable row level security;
alter table app.patients force row level security;
create policy tenant on app.patients to app_user
  using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()));

-- LIKE is not leakproof, so under a row-level policy PostgreSQL never uses it as an index condition: every search would
-- read the whole practice. The look-up in the trigram index therefore runs as a role that no policy hides rows from and
-- that may read four columns. It answers ids of the asking tenant; the caller reads the rows under its own policies.
create policy search on app.patients for select to app_search using (true);
grant select (id, tenant_id, practice_id, search_text) on app.patients to app_search;

-- `pattern` should be the most selective one: it is the one the index serves.
create function app.patients_matching(pattern text, others text[]) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp rows 50
begin atomic
  select id from app.patients
  where tenant_id = (select app.tenant()) and search_text like pattern and search_text like all (others);
end;
alter function app.patients_matching(text, text[]) owner to app_search;
revoke execute on function app.patients_matching(text, text[]) from public;
grant execute on function app.patients_matching(text, text[]) to app_user;

grant select, insert, update on app.patients to app_user;
