import { bigint, date, integer, json, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** The tables as the migrations make them; `migrations/` is the truth, these are its types. */
const app = pgSchema('app')

const saxId = (name: string) => bigint(name, { mode: 'number' })
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const tenants = app.table('tenants', { id: uuid('id').primaryKey(), name: text('name').notNull() })

export const practices = app.table('practices', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  name: text('name').notNull(),
  phone: text('phone').notNull(),
  timeZone: text('time_zone').notNull(),
})

export const people = app.table('people', {
  saxId: saxId('sax_id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull(),
})

export const roles = app.table('roles', {
  tenantId: uuid('tenant_id').notNull(),
  practiceId: uuid('practice_id'),
  saxId: saxId('sax_id').notNull(),
  role: text('role', { enum: ['coordinator', 'manager', 'administrator'] }).notNull(),
})

export const patients = app.table('patients', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  practiceId: uuid('practice_id').notNull(),
  firstName: text('first_name').notNull(),
  lastName: text('last_name').notNull(),
  dateOfBirth: date('date_of_birth', { mode: 'string' }).notNull(),
  phone: text('phone'),
  email: text('email'),
  timeZone: text('time_zone').notNull(),
  preferredLanguage: text('preferred_language').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  sortName: text('sort_name').notNull().generatedAlwaysAs(''),
})

export const templateCategories = app.table('template_categories', {
  tenantId: uuid('tenant_id').notNull(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  position: integer('position').notNull(),
})

export const templates = app.table('templates', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  practiceId: uuid('practice_id'),
  ownerSaxId: saxId('owner_sax_id'),
  name: text('name').notNull(),
  category: text('category').notNull(),
  content: text('content').notNull(),
  variables: text('variables').array().notNull(),
  version: integer('version').notNull().default(1),
  updatedBySaxId: saxId('updated_by_sax_id'),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  archivedAt: instant('archived_at'),
  sortName: text('sort_name').notNull().generatedAlwaysAs(''),
  searchText: text('search_text').notNull().generatedAlwaysAs(''),
})

export const templateUsage = app.table('template_usage', {
  tenantId: uuid('tenant_id').notNull(),
  templateId: uuid('template_id').notNull(),
  saxId: saxId('sax_id').notNull(),
  useCount: integer('use_count').notNull(),
  lastUsedAt: instant('last_used_at').notNull().defaultNow(),
})

export const idempotencyKeys = app.table('idempotency_keys', {
  tenantId: uuid('tenant_id').notNull(),
  saxId: saxId('sax_id').notNull(),
  key: text('key').notNull(),
  fingerprint: text('fingerprint').notNull(),
  body: json('body').$type<unknown>(),
  createdAt: instant('created_at').notNull().defaultNow(),
})
