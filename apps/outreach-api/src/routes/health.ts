import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { API_CONTRACT_VERSION, type Health, healthOne } from '@sax/api-contract'
import { USER_CONTEXT_VERSION } from '@sax/user-context'
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
  const state = await database.look()
  const reachable = state.kind === 'answers'
  return {
    status: reachable ? 'ok' : 'degraded',
    part: 'outreach-api',
    release,
    contracts: { api: API_CONTRACT_VERSION, userContext: USER_CONTEXT_VERSION },
    dependencies: { postgres: reachable ? 'ok' : 'unavailable' },
    ...(reachable && state.migration !== undefined ? { migration: state.migration } : {}),
  }
}
