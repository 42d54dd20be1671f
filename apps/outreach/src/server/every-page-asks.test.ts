import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const app = fileURLToPath(new URL('../app', import.meta.url))
const source = (path: string) => readFileSync(`${app}/${path}`, 'utf8')
const pages = globSync('**/page.tsx', { cwd: app })

test('the zone has pages', () => {
  expect(pages.length).toBeGreaterThanOrEqual(4)
})

test.each(pages)('R11: %s verifies the user context before anything else', (page) => {
  const body = source(page).split(/^export default async function .*\{$/m)[1] ?? ''
  const lines = body.split('\n').filter((line) => line.trim() !== '' && !/= await (params|searchParams)$/.test(line))
  expect(lines[0]).toMatch(/await requireUserContext\(/)
})

test('R11: the layout of the signed-in pages verifies as well', () => {
  expect(source('(signed-in)/layout.tsx')).toMatch(/await requireUserContext\(/)
})

test('R11: the proxy has no matcher that could miss a path', () => {
  expect(readFileSync(fileURLToPath(new URL('../proxy.ts', import.meta.url)), 'utf8')).not.toMatch(
    /export const config/,
  )
})

test('the only route handler is the health answer, for writes belong to the API routes', () => {
  expect(globSync('**/route.ts', { cwd: app })).toEqual(['health/route.ts'])
})
