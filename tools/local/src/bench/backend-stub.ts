// A backend that answers at once with the same list of twenty templates: what is measured is everything before it.
import { createServer } from 'node:http'

const port = Number(process.argv[2])
const template = {
  tenantId: '00000000-0000-0000-0000-000000000001',
  practiceId: '00000000-0000-0000-0000-000000000020',
  ownerSaxId: null,
  category: 'follow-up',
  content:
    'Hi {{firstName}}, this is {{coordinatorName}} from {{practiceName}}. How are your first nights with the device?',
  variables: ['firstName', 'coordinatorName', 'practiceName'],
  usageCount: 12,
  version: 1,
  createdAt: '2026-01-12T15:00:00.000Z',
  updatedAt: '2026-01-12T15:00:00.000Z',
  archivedAt: null,
}
const data = Array.from({ length: 20 }, (_, i) => ({
  id: `20000000-0000-4000-8000-0000000000${i + 10}`,
  name: `Template ${i}`,
  ...template,
}))
const body = Buffer.from(JSON.stringify({ data, pagination: { total: 20, limit: 20, offset: 0, hasMore: false } }))

createServer((request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.byteLength })
  response.end(body)
}).listen(port, '127.0.0.1')
