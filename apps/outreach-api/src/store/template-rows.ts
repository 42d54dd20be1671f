import type { Template } from '@sax/api-contract'
import { and, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { mayWrite } from '../domain/template-rights.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { Transaction } from './database.ts'
import { people, templates, templateUsage } from './schema.ts'

/** Templates joined with how often they were used, by everybody and by the viewer. */
export function templateRows(tx: Transaction, viewer: Viewer) {
  const uses = tx
    .select({
      templateId: templateUsage.templateId,
      usageCount: sql<number>`sum(${templateUsage.useCount})`.mapWith(Number).as('total_uses'),
      myUsageCount:
        sql<number>`coalesce(sum(${templateUsage.useCount}) filter (where ${templateUsage.saxId} = ${viewer.saxId}), 0)`
          .mapWith(Number)
          .as('my_uses'),
      myLastUse: sql<Date>`max(${templateUsage.lastUsedAt}) filter (where ${templateUsage.saxId} = ${viewer.saxId})`.as(
        'my_last_use',
      ),
    })
    .from(templateUsage)
    .where(eq(templateUsage.tenantId, viewer.tenantId))
    .groupBy(templateUsage.templateId)
    .as('uses')
  const rows = tx
    .select({
      id: templates.id,
      tenantId: templates.tenantId,
      practiceId: templates.practiceId,
      ownerSaxId: templates.ownerSaxId,
      name: templates.name,
      category: templates.category,
      content: templates.content,
      variables: templates.variables,
      version: templates.version,
      updatedByName: people.name,
      createdAt: templates.createdAt,
      updatedAt: templates.updatedAt,
      archivedAt: templates.archivedAt,
      usageCount: uses.usageCount,
      myUsageCount: uses.myUsageCount,
      total: sql<number>`count(*) over ()`.mapWith(Number),
    })
    .from(templates)
    .leftJoin(uses, eq(uses.templateId, templates.id))
    .leftJoin(people, eq(people.saxId, templates.updatedBySaxId))
  return { rows, uses }
}

/**
 * Shared templates within the viewer's reach, and the viewer's own wherever in the tenant they were written. Decided in
 * SQL, so that pages and totals hold exactly what the viewer sees.
 */
export function visibleTo({ tenantId, saxId, scope }: Viewer): SQL | undefined {
  const shared = and(
    isNull(templates.ownerSaxId),
    scope.kind === 'tenant' ? undefined : or(isNull(templates.practiceId), eq(templates.practiceId, scope.practiceId)),
  )
  return and(
    eq(templates.tenantId, tenantId),
    or(shared, and(isNotNull(templates.ownerSaxId), eq(templates.ownerSaxId, saxId))),
  )
}

type TemplateRow = Awaited<ReturnType<typeof templateRows>['rows']>[number]

export function toTemplate(viewer: Viewer, { total: _, ...row }: TemplateRow): Template {
  return {
    ...row,
    usageCount: row.usageCount ?? 0,
    myUsageCount: row.myUsageCount ?? 0,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    canEdit: mayWrite(viewer, row),
  }
}
