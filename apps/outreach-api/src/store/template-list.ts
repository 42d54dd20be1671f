import type { Template, TemplateCategory } from '@sax/api-contract'
import { and, asc, count, desc, eq, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import type { Transaction } from './database.ts'
import { type Page, type PageQuery, pageOf, wholePage } from './page.ts'
import { templateCategories, templates } from './schema.ts'
import { templateRows, toTemplate, visibleTo } from './template-rows.ts'

export interface TemplateListQuery extends PageQuery {
  readonly search?: string | undefined
  readonly category?: string | undefined
  readonly scope: 'all' | 'shared' | 'private'
  readonly archived: boolean
  readonly sort: 'name' | 'usage' | 'updated'
}

/** Templates the viewer may see, filtered and sorted before they are paged. */
export async function listTemplates(
  tx: Transaction,
  viewer: Viewer,
  query: TemplateListQuery,
): Promise<Page<Template>> {
  const wanted = and(visibleTo(viewer), ...filters(query))
  const { rows, uses } = templateRows(tx, viewer)
  const order = {
    name: [],
    usage: [sql`${uses.usageCount} desc nulls last`],
    updated: [desc(templates.updatedAt)],
  }[query.sort]
  const found = await rows
    .where(wanted)
    .orderBy(...order, asc(templates.sortName), asc(templates.id))
    .limit(query.limit)
    .offset(query.offset)
  const countAll = async () => (await tx.select({ total: count() }).from(templates).where(wanted))[0]?.total ?? 0
  return pageOf(found, query, countAll, (row) => toTemplate(viewer, row))
}

/** The templates the viewer uses most, first the most used, then the most recent. Unused and archived ones are absent. */
export async function listFrequentTemplates(tx: Transaction, viewer: Viewer, limit: number): Promise<Page<Template>> {
  const { rows, uses } = templateRows(tx, viewer)
  const found = await rows
    .where(and(visibleTo(viewer), isNull(templates.archivedAt), gt(uses.myUsageCount, 0)))
    .orderBy(desc(uses.myUsageCount), desc(uses.myLastUse), asc(templates.id))
    .limit(limit)
  return pageOf(
    found,
    { limit, offset: 0 },
    async () => 0,
    (row) => toTemplate(viewer, row),
  )
}

/** The tenant's categories in menu order, each with how many live templates the viewer sees in it. */
export async function listCategories(tx: Transaction, viewer: Viewer): Promise<Page<TemplateCategory>> {
  const rows = await tx
    .select({
      slug: templateCategories.slug,
      name: templateCategories.name,
      position: templateCategories.position,
      templateCount: count(templates.id),
    })
    .from(templateCategories)
    .leftJoin(
      templates,
      and(eq(templates.category, templateCategories.slug), isNull(templates.archivedAt), visibleTo(viewer)),
    )
    .where(eq(templateCategories.tenantId, viewer.tenantId))
    .groupBy(templateCategories.slug, templateCategories.name, templateCategories.position)
    .orderBy(asc(templateCategories.position), asc(templateCategories.slug))
  return wholePage(rows)
}

function filters({ search, category, scope, archived }: TemplateListQuery): (SQL | undefined)[] {
  const words = (search ?? '').split(/\s+/).filter((word) => word !== '')
  return [
    archived ? isNotNull(templates.archivedAt) : isNull(templates.archivedAt),
    category === undefined ? undefined : eq(templates.category, category),
    scope === 'all' ? undefined : scope === 'private' ? isNotNull(templates.ownerSaxId) : isNull(templates.ownerSaxId),
    ...words.map((word) => sql`${templates.searchText} like app.contains_pattern(${word})`),
  ]
}
