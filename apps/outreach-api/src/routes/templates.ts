import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { createTemplateBody, templateList, templateListQuery, templateOne } from '@sax/api-contract'
import * as z from 'zod'
import { mayWrite, newPlace } from '../domain/template-rights.ts'
import { checkContent } from '../domain/template-text.ts'
import { answerOnce } from '../http/answer-once.ts'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { forbidden, invalid, notFound } from '../http/refusal.ts'
import { listFrequentTemplates, listTemplates } from '../store/template-list.ts'
import { findTemplate, hasCategory, insertTemplate } from '../store/templates.ts'
import { answers, declared, idParam, jsonBody } from './declared.ts'

const list = createRoute({
  ...declared('listTemplates'),
  request: { query: templateListQuery },
  responses: answers(200, templateList, 'Templates the asking person may see'),
})

const frequent = createRoute({
  ...declared('listFrequentTemplates'),
  request: { query: z.object({ limit: z.coerce.number().int().min(1).max(50).default(5) }) },
  responses: answers(200, templateList, 'The templates the asking person uses most'),
})

const get = createRoute({
  ...declared('getTemplate'),
  request: { params: idParam },
  responses: answers(200, templateOne, 'The template'),
})

const create = createRoute({
  ...declared('createTemplate'),
  request: { body: jsonBody(createTemplateBody) },
  responses: answers(201, templateOne, 'The template that was created'),
})

/** Reading templates and writing new ones. Several may have the same name: their ids tell them apart, and nobody's work is refused for a word. */
export function templateRoutes(app: OpenAPIHono<ApiEnv>, { database, newId }: AppDeps): void {
  app.openapi(list, async (c) => {
    const { viewer } = c.var
    const query = c.req.valid('query')
    return c.json(await database.inTenant(viewer.tenantId, (tx) => listTemplates(tx, viewer, query)), 200)
  })

  // Before `{id}`, which would take its name for an id.
  app.openapi(frequent, async (c) => {
    const { viewer } = c.var
    const { limit } = c.req.valid('query')
    return c.json(await database.inTenant(viewer.tenantId, (tx) => listFrequentTemplates(tx, viewer, limit)), 200)
  })

  app.openapi(get, async (c) => {
    const { viewer } = c.var
    const { id } = c.req.valid('param')
    const data = await database.inTenant(viewer.tenantId, (tx) => findTemplate(tx, viewer, id))
    if (data === undefined) throw notFound('template')
    return c.json({ data }, 200)
  })

  app.openapi(create, async (c) => {
    const { viewer } = c.var
    const body = c.req.valid('json')
    const checked = checkContent(body.content)
    if (checked.kind === 'refused') throw invalid({ content: checked.message })
    const place = newPlace(viewer, body.scope)
    if (!mayWrite(viewer, place)) throw forbidden('Templates for others are written by managers and administrators.')
    const { scope: _, ...text } = body
    const answer = await answerOnce(c, database, viewer, body, async (tx) => {
      if (!(await hasCategory(tx, viewer, body.category))) throw invalid({ category: 'There is no such category' })
      const id = newId()
      await insertTemplate(tx, viewer, { ...text, ...place, id, variables: checked.variables })
      const data = await findTemplate(tx, viewer, id)
      if (data === undefined) throw new Error('a new template is not visible to its writer')
      return { data }
    })
    return c.json(answer, 201)
  })
}
