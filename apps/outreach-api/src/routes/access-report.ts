import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { accessReport, accessReportQuery } from '@sax/api-contract'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { forbidden, notFound } from '../http/refusal.ts'
import { listAccesses } from '../store/access-report.ts'
import { recordAudit } from '../store/audit.ts'
import { findPatient } from '../store/patients.ts'
import { answers, declared, idParam } from './declared.ts'

const list = createRoute({
  ...declared('getAccessReport'),
  request: { params: idParam, query: accessReportQuery },
  responses: answers(200, accessReport, "Who looked at the patient's data"),
})

/** The report a patient may ask for. Given out by managers and administrators; that they read it is in it the next time. */
export function accessReportRoutes(app: OpenAPIHono<ApiEnv>, { database }: AppDeps): void {
  app.openapi(list, async (c) => {
    const { viewer, requestId } = c.var
    const { id } = c.req.valid('param')
    const query = c.req.valid('query')
    const page = await database.inTenant(viewer.tenantId, async (tx) => {
      const patient = await findPatient(tx, viewer, id)
      if (patient === undefined) throw notFound('patient')
      if (!viewer.roles.some((role) => role !== 'coordinator')) {
        throw forbidden('Access reports are given out by managers and administrators.')
      }
      const found = await listAccesses(tx, viewer, id, query)
      recordAudit(tx, viewer, { action: 'patients.access_report', patientIds: [id], requestId })
      return found
    })
    return c.json(page, 200)
  })
}
