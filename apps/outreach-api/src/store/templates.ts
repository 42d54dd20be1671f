import type { Template } from '@sax/api-contract'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { TemplatePlace } from '../domain/template-rights.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { Transaction } from './database.ts'
import { templateCategories, templates, templateUsage } from './schema.ts'
import { templateRows, toTemplate, visibleTo } from './template-rows.ts'

export interface NewTemplate extends TemplatePlace {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly content: string
  readonly variables: readonly string[]
}

export interface TemplateChange extends Partial<Omit<NewTemplate, 'id'>> {
  readonly archived?: boolean
}

/** The template, or undefined when there is none the viewer may see. */
export async function findTemplate(tx: Transaction, viewer: Viewer, id: string): Promise<Template | undefined> {
  const [row] = await templateRows(tx, viewer).rows.where(and(visibleTo(viewer), eq(templates.id, id)))
  return row && toTemplate(viewer, row)
}

/** Like `findTemplate`, and nobody else changes the template until the transaction ends. */
export async function lockTemplate(tx: Transaction, viewer: Viewer, id: string): Promise<Template | undefined> {
  await tx
    .select({ id: templates.id })
    .from(templates)
    .where(and(visibleTo(viewer), eq(templates.id, id)))
    .for('update')
  return findTemplate(tx, viewer, id)
}

export async function hasCategory(tx: Transaction, viewer: Viewer, slug: string): Promise<boolean> {
  const rows = await tx
    .select({ slug: templateCategories.slug })
    .from(templateCategories)
    .where(and(eq(templateCategories.tenantId, viewer.tenantId), eq(templateCategories.slug, slug)))
  return rows.length > 0
}

export async function insertTemplate(tx: Transaction, viewer: Viewer, template: NewTemplate): Promise<void> {
  await tx.insert(templates).values({
    ...template,
    variables: [...template.variables],
    tenantId: viewer.tenantId,
    updatedBySaxId: viewer.saxId,
  })
}

/** Changes a template that the transaction has locked, and gives it its next version. */
export async function changeTemplate(
  tx: Transaction,
  viewer: Viewer,
  id: string,
  { archived, variables, ...change }: TemplateChange,
): Promise<void> {
  const archivedAt: { archivedAt?: SQL | null } =
    archived === undefined ? {} : { archivedAt: archived ? sql`now()` : null }
  await tx
    .update(templates)
    .set({
      ...change,
      ...(variables ? { variables: [...variables] } : {}),
      ...archivedAt,
      version: sql`${templates.version} + 1`,
      updatedAt: sql`now()`,
      updatedBySaxId: viewer.saxId,
    })
    .where(and(eq(templates.tenantId, viewer.tenantId), eq(templates.id, id)))
}

/** Counts one more use by the viewer. */
export async function countUse(tx: Transaction, viewer: Viewer, templateId: string): Promise<void> {
  await tx
    .insert(templateUsage)
    .values({ tenantId: viewer.tenantId, templateId, saxId: viewer.saxId, useCount: 1 })
    .onConflictDoUpdate({
      target: [templateUsage.tenantId, templateUsage.templateId, templateUsage.saxId],
      set: { useCount: sql`${templateUsage.useCount} + 1`, lastUsedAt: sql`now()` },
    })
}
