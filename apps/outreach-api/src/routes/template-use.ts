import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { renderedOne, renderTemplateBody, usageOne } from '@sax/api-contract'
import { messageSize, renderTemplate } from '@sax/message-template'
import { templateValues } from '../domain/template-values.ts'
import { answerOnce } from '../http/answer-once.ts'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { notFound } from '../http/refusal.ts'
import { recordAudit } from '../store/audit.ts'
import { findPatient } from '../store/patients.ts'
import { findPractice } from '../store/practices.ts'
import { practiceOf } from '../store/stored-messages.ts'
import { countUse, findTemplate } from '../store/templates.ts'
import { answers, declared, idParam, jsonBody } from './declared.ts'

const render = createRoute({
  ...declared('renderTemplate'),
  request: { params: idParam, body: jsonBody(renderTemplateBody) },
  responses: answers(200, renderedOne, 'The filled message and its size on the carrier'),
})

const use = createRoute({
  ...declared('recordTemplateUsage'),
  request: { params: idParam },
  responses: answers(200, usageOne, 'How often the template was used, this use included'),
})

/** Filling templates and counting their uses. */
export function templateUseRoutes(app: OpenAPIHono<ApiEnv>, { database }: AppDeps): void {
  app.openapi(render, async (c) => {
    const { viewer, requestId } = c.var
    const { id } = c.req.valid('param')
    const { patientId, conversationId, values } = c.req.valid('json')
    const rendered = await database.inTenant(viewer.tenantId, async (tx) => {
      const template = await findTemplate(tx, viewer, id)
      if (template === undefined) throw notFound('template')
      const patient = patientId === undefined ? undefined : await findPatient(tx, viewer, patientId)
      if (patientId !== undefined) {
        if (patient === undefined) throw notFound('patient')
        recordAudit(tx, viewer, { action: 'templates.render', patientIds: [patient.id], requestId })
      }
      const place = conversationId === undefined ? undefined : await practiceOf(tx, viewer, conversationId)
      if (conversationId !== undefined && place === undefined) throw notFound('conversation')
      // A patient hears from their own practice, also when an administrator writes from another one.
      const practice = await findPractice(tx, place ?? patient?.practiceId ?? viewer.practiceId)
      return renderTemplate(
        template.content,
        templateValues({ coordinatorName: viewer.name, practice, patient, given: values }),
      )
    })
    const { encoding, segmentCount, unitCount } = messageSize(rendered.text)
    const { text, missing } = rendered
    return c.json({ data: { text, missing: [...missing], encoding, segmentCount, unitCount } }, 200)
  })

  app.openapi(use, async (c) => {
    const { viewer } = c.var
    const { id } = c.req.valid('param')
    const answer = await answerOnce(c, database, viewer, null, async (tx) => {
      if ((await findTemplate(tx, viewer, id)) === undefined) throw notFound('template')
      await countUse(tx, viewer, id)
      const used = await findTemplate(tx, viewer, id)
      return { data: { usageCount: used?.usageCount ?? 0, myUsageCount: used?.myUsageCount ?? 0 } }
    })
    return c.json(answer, 200)
  })
}
