import { type NumbersAnswer, type SettingsWrittenAnswer, type TenantSettings, tenantSettings } from '@sax/release'
import type pg from 'pg'
import { inOrder, planSettings } from '../domain/tenant-settings.ts'

/** The settings of a tenant as they are; undefined: there is no such tenant. For `inTurn`. */
export function readTenantSettings(client: pg.Client, tenantId: string): Promise<TenantSettings | undefined> {
  return asOwner(client, () => settingsOf(client, tenantId))
}

async function settingsOf(client: pg.Client, tenantId: string): Promise<TenantSettings | undefined> {
  const { rows } = await client.query<{ settings: unknown }>(READ, [tenantId])
  return rows[0] === undefined ? undefined : inOrder(tenantSettings.parse(rows[0].settings))
}

/**
 * Makes a tenant as `wanted` says, whole or not at all. Without `plan` it only says what that would change; with it, it
 * changes exactly what that plan was, so that nobody agrees to what somebody else has changed meanwhile. For `inTurn`.
 */
export function writeTenantSettings(
  client: pg.Client,
  wanted: TenantSettings,
  plan: string | undefined,
): Promise<SettingsWrittenAnswer> {
  return asOwner(client, () => written(client, wanted, plan))
}

/** The owner of the tables sees every tenant, and an administrator need not. What rejects is undone whole. */
async function asOwner<R>(client: pg.Client, work: () => Promise<R>): Promise<R> {
  await client.query('begin')
  try {
    await client.query('set local role app_owner')
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the first error says more
    throw error
  }
}

async function written(
  client: pg.Client,
  wanted: TenantSettings,
  plan: string | undefined,
): Promise<SettingsWrittenAnswer> {
  const planned = planSettings(await settingsOf(client, wanted.tenant.id), wanted)
  const reasons = [...planned.refusals, ...(await takenByOthers(client, wanted))]
  if (reasons.length > 0) return { kind: 'refused', reasons }
  const told = { plan: planned.id, changes: [...planned.changes] }
  if (plan === undefined) return { kind: 'planned', ...told }
  if (plan !== planned.id) {
    return {
      kind: 'refused',
      reasons: ['Somebody else has changed the tenant since. Look again at what would change.'],
    }
  }
  const after = inOrder(wanted)
  for (const statement of STATEMENTS) await client.query(statement, [JSON.stringify(after)])
  return { kind: 'written', ...told }
}

/** Ids and numbers that belong to another tenant. Whose they are is nobody's business here. */
async function takenByOthers(client: pg.Client, { tenant, practices }: TenantSettings): Promise<readonly string[]> {
  const { rows } = await client.query<{ taken: string }>(
    `select 'The practice ' || id || ' belongs to another tenant.' as taken
       from app.practices where tenant_id <> $1 and id = any ($2)
     union all
     select 'Another tenant texts from ' || phone || '.' from app.senders where tenant_id <> $1 and phone = any ($3)
     order by taken`,
    [tenant.id, practices.map(({ id }) => id), practices.flatMap(({ senders }) => senders.map(({ phone }) => phone))],
  )
  return rows.map(({ taken }) => taken)
}

/** Numbers of every tenant, and those that texts wait for. For `inTurn`. */
export function readNumbers(client: pg.Client): Promise<NumbersAnswer> {
  return asOwner(client, () => numbersOf(client))
}

async function numbersOf(client: pg.Client): Promise<NumbersAnswer> {
  const { rows: numbers } = await client.query<NumbersAnswer['numbers'][number]>(
    `select sender.phone, tenant.name as tenant, practice.name as practice,
       sender.messaging_service_sid as "messagingServiceSid"
     from app.senders sender
     join app.practices practice on practice.tenant_id = sender.tenant_id and practice.id = sender.practice_id
     join app.tenants tenant on tenant.id = sender.tenant_id
     order by tenant.name, practice.name, sender.phone`,
  )
  const { rows: wanted } = await client.query<{ phone: string; texts: number; since: Date }>(
    'select phone, texts::int, since from app.numbers_wanted()',
  )
  return { numbers, wanted: wanted.map(({ since, ...one }) => ({ ...one, since: since.toISOString() })) }
}

const READ = `
select json_build_object(
  'tenant', json_build_object('id', tenant.id, 'name', tenant.name),
  'practices', (
    select coalesce(json_agg(json_build_object(
      'id', practice.id, 'name', practice.name, 'phone', practice.phone, 'timeZone', practice.time_zone,
      'responseTargetMin', practice.response_target_min, 'responseWarningMin', practice.response_warning_min,
      'quietHours', json_build_object(
        'from', to_char(practice.quiet_from, 'HH24:MI'), 'until', to_char(practice.quiet_until, 'HH24:MI')),
      'senders', (
        select coalesce(json_agg(json_strip_nulls(json_build_object(
          'phone', sender.phone, 'messagingServiceSid', sender.messaging_service_sid))), '[]')
        from app.senders sender where sender.tenant_id = tenant.id and sender.practice_id = practice.id),
      'openingHours', (
        select coalesce(json_agg(json_build_object(
          'weekdays', json_build_array(hours.weekday),
          'opens', to_char(hours.opens, 'HH24:MI'), 'closes', to_char(hours.closes, 'HH24:MI'))), '[]')
        from app.opening_hours hours where hours.tenant_id = tenant.id and hours.practice_id = practice.id),
      'holidays', (
        select coalesce(json_agg(holiday.day), '[]')
        from app.holidays holiday where holiday.tenant_id = tenant.id and holiday.practice_id = practice.id)
    )), '[]')
    from app.practices practice where practice.tenant_id = tenant.id),
  'people', (
    select coalesce(json_agg(one.person), '[]') from (
      select json_build_object('saxId', person.sax_id, 'name', person.name, 'email', person.email, 'roles', json_agg(
        json_strip_nulls(json_build_object('role', held.role, 'practice', held.practice_id)))) as person
      from app.people person join app.roles held on held.sax_id = person.sax_id and held.tenant_id = tenant.id
      group by person.sax_id
    ) one),
  'templateCategories', (
    select coalesce(json_agg(json_build_object('slug', slug, 'name', name) order by position, slug), '[]')
    from app.template_categories where tenant_id = tenant.id)
) as settings
from app.tenants tenant where tenant.id = $1`

/** What a practice, a number or a person is told by, each taken out of the whole of $1. */
const PRACTICES = `jsonb_array_elements($1::jsonb -> 'practices') practice`
const TENANT = `($1::jsonb -> 'tenant' ->> 'id')::uuid`

/** In the order in which they refer to one another. What is gone goes first, for it may come back elsewhere. */
const STATEMENTS = [
  `insert into app.tenants (id, name) values (${TENANT}, $1::jsonb -> 'tenant' ->> 'name')
   on conflict (id) do update set name = excluded.name`,
  `insert into app.template_categories (tenant_id, slug, name, position)
   select ${TENANT}, one.value ->> 'slug', one.value ->> 'name', one.ordinality
   from jsonb_array_elements($1::jsonb -> 'templateCategories') with ordinality one
   on conflict (tenant_id, slug) do update set name = excluded.name, position = excluded.position`,
  `insert into app.practices (id, tenant_id, name, phone, time_zone, response_target_min, response_warning_min,
     quiet_from, quiet_until)
   select (practice ->> 'id')::uuid, ${TENANT}, practice ->> 'name', practice ->> 'phone', practice ->> 'timeZone',
     (practice ->> 'responseTargetMin')::int, (practice ->> 'responseWarningMin')::int,
     (practice -> 'quietHours' ->> 'from')::time, (practice -> 'quietHours' ->> 'until')::time
   from ${PRACTICES}
   on conflict (id) do update set name = excluded.name, phone = excluded.phone, time_zone = excluded.time_zone,
     response_target_min = excluded.response_target_min, response_warning_min = excluded.response_warning_min,
     quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until`,
  `delete from app.senders where tenant_id = ${TENANT} and phone not in (
     select sender ->> 'phone' from ${PRACTICES}, jsonb_array_elements(practice -> 'senders') sender)`,
  `insert into app.senders (phone, tenant_id, practice_id, messaging_service_sid)
   select sender ->> 'phone', ${TENANT}, (practice ->> 'id')::uuid, sender ->> 'messagingServiceSid'
   from ${PRACTICES}, jsonb_array_elements(practice -> 'senders') sender
   on conflict (phone) do update set practice_id = excluded.practice_id,
     messaging_service_sid = excluded.messaging_service_sid`,
  `delete from app.opening_hours where tenant_id = ${TENANT}`,
  `insert into app.opening_hours (tenant_id, practice_id, weekday, opens, closes)
   select ${TENANT}, (practice ->> 'id')::uuid, weekday::int, (hours ->> 'opens')::time, (hours ->> 'closes')::time
   from ${PRACTICES}, jsonb_array_elements(practice -> 'openingHours') hours,
     jsonb_array_elements_text(hours -> 'weekdays') weekday`,
  `delete from app.holidays where tenant_id = ${TENANT}`,
  `insert into app.holidays (tenant_id, practice_id, day)
   select ${TENANT}, (practice ->> 'id')::uuid, day::date
   from ${PRACTICES}, jsonb_array_elements_text(practice -> 'holidays') day`,
  `insert into app.people (sax_id, name, email)
   select (person ->> 'saxId')::bigint, person ->> 'name', person ->> 'email'
   from jsonb_array_elements($1::jsonb -> 'people') person
   on conflict (sax_id) do update set name = excluded.name, email = excluded.email`,
  `delete from app.roles held where tenant_id = ${TENANT} and not exists (
     select from jsonb_array_elements($1::jsonb -> 'people') person, jsonb_array_elements(person -> 'roles') given
     where (person ->> 'saxId')::bigint = held.sax_id and given ->> 'role' = held.role
       and (given ->> 'practice')::uuid is not distinct from held.practice_id)`,
  `insert into app.roles (tenant_id, practice_id, sax_id, role)
   select ${TENANT}, (given ->> 'practice')::uuid, (person ->> 'saxId')::bigint, given ->> 'role'
   from jsonb_array_elements($1::jsonb -> 'people') person, jsonb_array_elements(person -> 'roles') given
   on conflict do nothing`,
]
