import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { patientList, patientListQuery, patientOne } from '@sax/api-contract'
import { parsePatientSearch } from '../domain/patient-search.ts'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { notFound } from '../http/refusal.ts'
import { recordAudit } from '../store/audit.ts'
import { findPatient, listPatients } from '../store/patients.ts'
import { answers, declared, idParam } from './declared.ts'

const list = createRoute({
  ...declared('listPatients'),
  request: { query: patientListQuery },
  responses: answers(200, patientList, 'Patients within reach of the asking person'),
})

const get = createRoute({
  ...declared('getPatient'),
  request: { params: idParam },
  responses: answers(200, patientOne, 'The patient'),
})

/** Reading patients. Every answer that names one is in the audit log before it is sent. */
export function patientRoutes(app: OpenAPIHono<ApiEnv>, { database }: AppDeps): void {
  app.openapi(list, async (c) => {
    const { viewer, requestId } = c.var
    const { search = '', limit, offset } = c.req.valid('query')
    const page = await database.inTenant(viewer.tenantId, async (tx) => {
      const found = await listPatients(tx, viewer, parsePatientSearch(search), { limit, offset })
      const action = search === '' ? 'patients.list' : 'patients.search'
      recordAudit(tx, viewer, { action, patientIds: found.data.map(({ id }) => id), requestId })
      return found
    })
    return c.json(page, 200)
  })

  app.openapi(get, async (c) => {
    const { viewer, requestId } = c.var
    const { id } = c.req.valid('param')
    const data = await database.inTenant(viewer.tenantId, async (tx) => {
      const patient = await findPatient(tx, viewer, id)
      if (patient) recordAudit(tx, viewer, { action: 'patients.read', patientIds: [patient.id], requestId })
      return patient
    })
    if (data === undefined) throw notFound('patient')
    return c.json({ data }, 200)
  })
}
