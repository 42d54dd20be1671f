import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { type Template, templateOne, type UpdateTemplate, updateTemplateBody } from '@sax/api-contract'
import { mayWrite, movedPlace } from '../domain/template-rights.ts'
import { checkContent } from '../domain/template-text.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { forbidden, invalid, notFound, Refusal } from '../http/refusal.ts'
import type { Transaction } from '../store/database.ts'
import { changeTemplate, findTemplate, hasCategory, lockTemplate, type TemplateChange } from '../store/templates.ts'
import { answers, declared, idParam, jsonBody } from './declared.ts'

const update = createRoute({
  ...declared('updateTemplate'),
  request: { params: idParam, body: jsonBody(updateTemplateBody) },
  responses: answers(200, templateOne, 'The template as it is now'),
})

const archive = createRoute({
  ...declared('archiveTemplate'),
  request: { params: idParam },
  responses: answers(200, templateOne, 'The archived template; the same when it was archived before'),
})

/** Changing, archiving and bringing back templates. */
export function templateChangeRoutes(app: OpenAPIHono<ApiEnv>, { database }: AppDeps): void {
  app.openapi(update, async (c) => {
    const { viewer } = c.var
    const { id } = c.req.valid('param')
    const body = c.req.valid('json')
    const data = await database.inTenant(viewer.tenantId, async (tx) => {
      const current = await writable(tx, viewer, id)
      if (current.version !== body.version) {
        throw new Refusal(409, 'VERSION_CONFLICT', 'Somebody else changed this template in the meantime.', { current })
      }
      return applied(tx, viewer, current, await changeOf(tx, viewer, current, body))
    })
    return c.json({ data }, 200)
  })

  app.openapi(archive, async (c) => {
    const { viewer } = c.var
    const { id } = c.req.valid('param')
    const data = await database.inTenant(viewer.tenantId, async (tx) => {
      const current = await writable(tx, viewer, id)
      return applied(tx, viewer, current, current.archivedAt === null ? { archived: true } : {})
    })
    return c.json({ data }, 200)
  })
}

/** The template, held for this transaction, if the viewer may change it. */
async function writable(tx: Transaction, viewer: Viewer, id: string): Promise<Template> {
  const current = await lockTemplate(tx, viewer, id)
  if (current === undefined) throw notFound('template')
  if (!mayWrite(viewer, current)) throw forbidden('This template is changed by managers and administrators.')
  return current
}

/** What the body really changes; what is as it was, and what was left out, is absent. */
async function changeOf(
  tx: Transaction,
  viewer: Viewer,
  current: Template,
  body: UpdateTemplate,
): Promise<TemplateChange> {
  const { name, category, content, scope, archived } = body
  const place = movedPlace(viewer, current, scope)
  if (!mayWrite(viewer, place)) throw forbidden('Templates for others are written by managers and administrators.')
  const checked = content === undefined ? undefined : checkContent(content)
  if (checked?.kind === 'refused') throw invalid({ content: checked.message })
  if (category !== undefined && category !== current.category && !(await hasCategory(tx, viewer, category))) {
    throw invalid({ category: 'There is no such category' })
  }
  return {
    ...(name === undefined || name === current.name ? {} : { name }),
    ...(category === undefined || category === current.category ? {} : { category }),
    ...(content === undefined || checked === undefined || content === current.content
      ? {}
      : { content, variables: checked.variables }),
    ...(place === current ? {} : place),
    ...(archived === undefined || archived === (current.archivedAt !== null) ? {} : { archived }),
  }
}

async function applied(tx: Transaction, viewer: Viewer, current: Template, change: TemplateChange): Promise<Template> {
  if (Object.keys(change).length === 0) return current
  await changeTemplate(tx, viewer, current.id, change)
  const changed = await findTemplate(tx, viewer, current.id)
  if (changed === undefined) throw new Error('a template vanished under the hands of its writer')
  return changed
}
