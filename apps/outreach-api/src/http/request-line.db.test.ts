import { expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'

const site = sampleApi()
const canary = 'Kanarienvogel'

test('S9: neither names, searches, bodies, e-mails nor tokens reach the log, whatever becomes of the request', async () => {
  const person = { ...who.manager, name: `${canary} Name`, email: `${canary}@example.test` }
  const post = (path: string, body: object | string, headers: Record<string, string> = {}) =>
    site.api.as(person, path, { method: 'POST', body, headers })
  const template = { name: canary, category: 'general', content: `${canary} {{firstName}}`, scope: 'practice' }
  const statuses = [
    await post('/templates', template, { 'idempotency-key': canary }),
    await post('/templates', { ...template, category: canary }),
    await post('/templates', { ...template, content: `{${canary}` }),
    await post('/templates', `{"name": "${canary}`),
    await post('/templates', { ...template, content: `${canary}\u0000` }),
    await post('/templates/20000000-0000-4000-8000-000000000001/render', {
      patientId: '10000000-0000-4000-8000-000000000002',
      values: { firstName: canary },
    }),
    await site.api.as(person, `/patients?search=${canary}`),
    await site.api.as(person, `/templates?search=${canary}`),
    await site.api.as(person, '/patients?search=617-555-0102'),
    await site.api.as(person, '/patients/10000000-0000-4000-8000-000000000002'),
    await site.api.plain(`/outreach/patients?search=${canary}`, {
      headers: {
        'x-tenant-id': who.manager.tenantId,
        authorization: `Bearer ${canary}`,
        cookie: `x-sax-user-context=${canary}`,
      },
    }),
  ].map(({ status }) => status)
  expect(statuses).toEqual([201, 400, 400, 400, 400, 200, 200, 200, 200, 200, 401])
  const log = site.api.logs.join('')
  expect(log.match(/"message":"request"/g)).toHaveLength(11)
  for (const secret of [canary, 'José', 'Núñez', '5550102', 'Bearer', 'eyJ', 'search='])
    expect(log).not.toContain(secret)
})

test('S9: a defect is logged by its class and place, not by what it says', async () => {
  await site.db.query('alter table app.audit_log rename to audit_log_elsewhere')
  const answer = await site.api.as(who.coordinator, '/patients?search=Maeve')
  await site.db.query('alter table app.audit_log_elsewhere rename to audit_log')
  expect(answer.status).toBe(500)
  expect(answer.body).toEqual({
    code: 'INTERNAL_ERROR',
    message: 'Something went wrong on our side. Try again; nothing was lost.',
    requestId: answer.headers.get('x-request-id'),
  })
  const line = site.api.logs.map((text) => JSON.parse(text)).find(({ message }) => message === 'unexpected error')
  expect(line.errorName).toBe('error')
  expect(JSON.stringify(line)).not.toMatch(/Maeve|audit_log/)
})
