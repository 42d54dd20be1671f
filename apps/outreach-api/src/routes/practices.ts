import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { practiceList } from '@sax/api-contract'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { wholePage } from '../store/page.ts'
import { listMemberPractices } from '../store/practices.ts'
import { answers, declared } from './declared.ts'

const list = createRoute({
  ...declared('listPractices'),
  responses: answers(200, practiceList, 'Practices in which the asking person holds a role, in any tenant'),
})

export function practiceRoutes(app: OpenAPIHono<ApiEnv>, { database }: AppDeps): void {
  app.openapi(list, async (c) => {
    const { saxId } = c.var.viewer
    return c.json(wholePage(await database.asMember(saxId, (tx) => listMemberPractices(tx, saxId))), 200)
  })
}
