import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { categoryList } from '@sax/api-contract'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { listCategories } from '../store/template-list.ts'
import { answers, declared } from './declared.ts'

const list = createRoute({
  ...declared('listTemplateCategories'),
  responses: answers(200, categoryList, 'Categories in menu order'),
})

export function templateCategoryRoutes(app: OpenAPIHono<ApiEnv>, { database }: AppDeps): void {
  app.openapi(list, async (c) => {
    const { viewer } = c.var
    return c.json(await database.inTenant(viewer.tenantId, (tx) => listCategories(tx, viewer)), 200)
  })
}
