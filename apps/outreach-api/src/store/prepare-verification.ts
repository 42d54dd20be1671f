import { parseTemplate } from '@sax/message-template'
import { VERIFICATION_TEMPLATE, verificationPeople, verificationTenants } from '@sax/release'
import type pg from 'pg'

const CATEGORY = { slug: 'welcome', name: 'Welcome', position: 1 }
const CONTENT = 'Hi {{firstName}}, this is {{coordinatorName}} from {{practiceName}}.'
const TIME_ZONE = 'America/New_York'

/**
 * Sees to it that the tenants of verification are there, with their practices, people and one template each, and never
 * a patient. What is there stays as it is. For `inTurn`.
 */
export async function prepareVerification(client: pg.Client): Promise<void> {
  await client.query('begin')
  try {
    await client.query('set local role app_owner')
    for (const { id, name, practice } of verificationTenants) {
      await insert(client, 'tenants', { id, name })
      await insert(client, 'practices', { ...practice, tenant_id: id, time_zone: TIME_ZONE })
      await insert(client, 'senders', { phone: practice.phone, tenant_id: id, practice_id: practice.id })
      await insert(client, 'template_categories', { tenant_id: id, ...CATEGORY })
      await insertTemplate(client, id)
    }
    for (const { saxId, name, email, tenantId, practiceId, roles } of Object.values(verificationPeople)) {
      await insert(client, 'people', { sax_id: saxId, name, email })
      for (const role of roles) {
        await insert(client, 'roles', { tenant_id: tenantId, practice_id: practiceId, sax_id: saxId, role })
      }
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the first error says more
    throw error
  }
}

async function insert(client: pg.Client, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const places = Object.keys(row).map((_, index) => `$${index + 1}`)
  await client.query(
    `insert into app.${table} (${Object.keys(row).join(', ')}) values (${places.join(', ')}) on conflict do nothing`,
    Object.values(row),
  )
}

/** For every practice of the tenant, under no id that anybody has to know. */
async function insertTemplate(client: pg.Client, tenantId: string): Promise<void> {
  await client.query(
    `insert into app.templates (id, tenant_id, name, category, content, variables)
     select gen_random_uuid(), $1, $2, $3, $4, $5
     where not exists (select from app.templates where tenant_id = $1 and name = $2 and archived_at is null)`,
    [tenantId, VERIFICATION_TEMPLATE, CATEGORY.slug, CONTENT, parseTemplate(CONTENT).variables],
  )
}
