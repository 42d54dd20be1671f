import { expect, test } from 'vitest'
import { takesFile } from './endpoints.ts'

const id = '30000000-0000-4000-8000-000000000001'

test.each([
  ['POST', `/conversations/${id}/media`, true],
  ['GET', `/conversations/${id}/media`, false],
  ['POST', `/conversations/${id}/media/`, false],
  ['POST', `/conversations/${id}/messages`, false],
  ['POST', '/conversations//media', false],
  ['POST', '/conversations/a/b/media', false],
  ['POST', '/conversations/media', false],
  ['POST', `/x/conversations/${id}/media`, false],
  ['POST', '', false],
])('%s %s brings a file: %s', (method, path, brings) => {
  expect(takesFile(method, path)).toBe(brings)
})
