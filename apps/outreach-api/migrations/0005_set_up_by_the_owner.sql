-- kind: expand
-- Tenants, practices, people and what they begin with are set up by the owner of the tables, whom their policies bind
-- like everybody else. An administrator of RDS is no superuser, so that nobody could set up anything without this. Not
-- patients, nor what is written about them: those the owner does not see.
create policy owner on app.tenants to app_owner using (true) with check (true);
create policy owner on app.practices to app_owner using (true) with check (true);
create policy owner on app.people to app_owner using (true) with check (true);
create policy owner on app.roles to app_owner using (true) with check (true);
create policy owner on app.template_categories to app_owner using (true) with check (true);
create policy owner on app.templates to app_owner using (true) with check (true);
