import { OpenAPIHono } from '@hono/zod-openapi'
import { type Endpoint, endpoints, PICTURE_BYTES, takesFile } from '@sax/api-contract'
import { outreach } from '@sax/topology'
import { bodyLimit } from 'hono/body-limit'
import type { ApiEnv, AppDeps } from './http/api-env.ts'
import { errorAnswer } from './http/error-answer.ts'
import { invalid, Refusal } from './http/refusal.ts'
import { requestLine } from './http/request-line.ts'
import { signedIn } from './http/signed-in.ts'
import { accessReportRoutes } from './routes/access-report.ts'
import { changeRoutes } from './routes/changes.ts'
import { conversationChangeRoutes } from './routes/conversation-changes.ts'
import { conversationCompanyRoutes } from './routes/conversation-company.ts'
import { conversationRoutes } from './routes/conversations.ts'
import { healthOf, healthRoutes } from './routes/health.ts'
import { mediaRoutes } from './routes/media.ts'
import { messageRoutes } from './routes/messages.ts'
import { patientRoutes } from './routes/patients.ts'
import { practiceRoutes } from './routes/practices.ts'
import { templateCategoryRoutes } from './routes/template-categories.ts'
import { templateChangeRoutes } from './routes/template-changes.ts'
import { templateUseRoutes } from './routes/template-use.ts'
import { templateRoutes } from './routes/templates.ts'
import { webhookRoutes } from './routes/webhooks.ts'

/** The largest honest body that is no file is a template's render: a few dozen values of 500 characters. */
const MAX_BODY_BYTES = 64 * 1024
/** What `Request` gives no body, whatever was sent. @source Fetch standard, "Request class", constructor, step 36 */
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD'])

const publicPaths = new Set(
  Object.values<Endpoint>(endpoints)
    .filter(({ auth }) => auth === 'public')
    .map(({ path }) => outreach.basePath + path),
)

/**
 * The Outreach API as one `Request -> Response` application. Everything below the zone's base path needs a signed-in
 * person unless the contract calls it public; `/health` and `/openapi.json` lie outside and need nobody.
 */
export function createApp(deps: AppDeps): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>()
  app.use(requestLine(deps))
  webhookRoutes(app, deps)
  app.use(
    `${outreach.basePath}/*`,
    signedIn(deps, (path) => publicPaths.has(path)),
  )
  const [usual, ofFiles] = [limit(MAX_BODY_BYTES), limit(PICTURE_BYTES)]
  app.use((c, next) => {
    // To look for the body of a question would make a whole request of what is read of it only here and there.
    if (BODILESS.has(c.req.method)) return next()
    return (takesFile(c.req.method, c.req.path.slice(outreach.basePath.length)) ? ofFiles : usual)(c, next)
  })
  app.route(outreach.basePath, endpointRoutes(deps))

  app.get('/health', async (c) => c.json({ data: await healthOf(deps) }, 200))
  app.openAPIRegistry.registerComponent('securitySchemes', 'userContext', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'User context minted by the host zone. x-tenant-id must name the same tenant.',
  })
  app.doc31('/openapi.json', { openapi: '3.1.0', info: { title: 'Outreach API', version: deps.release } })

  app.notFound(() => {
    throw new Refusal(404, 'NOT_FOUND', 'There is no such resource.')
  })
  app.onError(errorAnswer(deps))
  return app
}

function limit(maxSize: number) {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new Refusal(413, 'VALIDATION_ERROR', 'The request body is too large.')
    },
  })
}

function endpointRoutes(deps: AppDeps): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (result.success) return
      if (result.target === 'param') throw new Refusal(404, 'NOT_FOUND', 'There is no such resource.')
      throw invalid(
        Object.fromEntries(result.error.issues.map(({ path, message }) => [path.join('.') || 'body', message])),
      )
    },
  })
  templateRoutes(routes, deps)
  templateChangeRoutes(routes, deps)
  templateUseRoutes(routes, deps)
  templateCategoryRoutes(routes, deps)
  patientRoutes(routes, deps)
  accessReportRoutes(routes, deps)
  conversationRoutes(routes, deps)
  conversationChangeRoutes(routes, deps)
  conversationCompanyRoutes(routes, deps)
  messageRoutes(routes, deps)
  mediaRoutes(routes, deps)
  changeRoutes(routes, deps)
  practiceRoutes(routes, deps)
  healthRoutes(routes, deps)
  return routes
}
