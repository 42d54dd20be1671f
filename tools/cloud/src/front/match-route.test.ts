import { expect, test } from 'vitest'
import { matchRoute } from './match-route.ts'

const keys = ['$default', 'ANY /a/{proxy+}', 'GET /a/{id}', 'ANY /a/{id}', 'GET /a/b', 'POST /c/{x}/d']
const routes = keys.map((key) => ({ key }))

test.each<[method: string, path: string, key: string, parameters: Record<string, string>]>([
  ['GET', '/a/b', 'GET /a/b', {}],
  ['GET', '/a/c', 'GET /a/{id}', { id: 'c' }],
  ['POST', '/a/b', 'ANY /a/{id}', { id: 'b' }],
  ['GET', '/a/b/c', 'ANY /a/{proxy+}', { proxy: 'b/c' }],
  ['POST', '/c/1/d', 'POST /c/{x}/d', { x: '1' }],
  ['GET', '/c/1/d', '$default', {}],
  ['POST', '/c/1', '$default', {}],
  ['POST', '/c/1/d/e', '$default', {}],
])('%s %s is %s', (method, path, key, parameters) => {
  expect(matchRoute(routes, method, path)).toMatchObject({ route: { key }, parameters })
})

test('without a default, what fits nothing has no route', () => {
  expect(matchRoute(routes.slice(1), 'GET', '/')).toBeUndefined()
})
