import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { type Health, healthOne } from '@sax/api-contract'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { answers, declared } from './declared.ts'

const get = createRoute({
  ...declared('getHealth'),
  responses: answers(200, healthOne, 'This part answers; `degraded` when its database does not'),
})

export function healthRoutes(app: OpenAPIHono<ApiEnv>, deps: AppDeps): void {
  app.openapi(get, async (c) => c.json({ data: await healthOf(deps) }, 200))
}

export async function healthOf({ database, release }: Pick<AppDeps, 'database' | 'release'>): Promise<Health> {
  const reachable = await database.isReachable()
  return {
    status: reachable ? 'ok' : 'degraded',
    part: 'outreach-api',
    release,
    dependencies: { postgres: reachable ? 'ok' : 'unavailable' },
  }
}
