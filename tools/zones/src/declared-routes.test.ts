import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { declaredRoutes, exportedMethods } from './declared-routes.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'declared-routes-'))
  for (const zone of ['sleepconnect', 'outreach']) mkdirSync(join(root, 'apps', zone, 'src/app'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, text = ''): void {
  const file = join(root, 'apps', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const found = () => declaredRoutes(root).map(({ auth, kind, method, path }) => `${auth} ${kind} ${method} ${path}`)

test('R11, S10: a page or route added to a folder is asked without a session from then on', () => {
  write('sleepconnect/src/app/page.tsx')
  write('sleepconnect/src/app/(signed-in)/reports/[id]/page.tsx')
  write('sleepconnect/src/app/api/debug/route.ts', 'export async function GET() {}\nexport const POST = 1')
  write('outreach/src/app/page.tsx')
  write('outreach/src/app/templates/[[...rest]]/page.tsx')
  expect(found()).toEqual(
    expect.arrayContaining([
      'user page GET /',
      'user page GET /reports/00000000-0000-4000-8000-00000000ffff',
      'user api GET /api/debug',
      'user api POST /api/debug',
      'user page GET /outreach',
      'user page GET /outreach/templates/00000000-0000-4000-8000-00000000ffff',
    ]),
  )
})

test('R11, S10: so is a page or an API route that is added as a file', () => {
  write('outreach/src/pages/index.tsx')
  write('outreach/src/pages/reports/index.tsx')
  write('outreach/src/pages/reports/[id].tsx')
  write('outreach/src/pages/[...rest].tsx')
  write('outreach/src/pages/_app.tsx')
  write('outreach/src/pages/api/debug.ts')
  const ofZone = found().filter((route) => !route.includes(' /outreach/api/outreach/'))
  expect(ofZone.toSorted()).toEqual([
    'user page DELETE /outreach/api/debug',
    'user page GET /outreach',
    'user page GET /outreach/00000000-0000-4000-8000-00000000ffff',
    'user page GET /outreach/api/debug',
    'user page GET /outreach/reports',
    'user page GET /outreach/reports/00000000-0000-4000-8000-00000000ffff',
    'user page PATCH /outreach/api/debug',
    'user page POST /outreach/api/debug',
    'user page PUT /outreach/api/debug',
  ])
})

test('a zone without either folder is an error: no page of it would be asked', () => {
  rmSync(join(root, 'apps/outreach/src/app'), { recursive: true })
  expect(found).toThrow(/neither app nor pages/)
})

test('private folders, layouts and components are no routes', () => {
  write('outreach/src/app/_parts/page.tsx')
  write('outreach/src/app/layout.tsx')
  expect(found().filter((route) => route.includes('parts') || route.includes('layout'))).toEqual([])
})

test('only what is named public is public', () => {
  write('sleepconnect/src/app/login/route.ts', 'export const GET = 1; export const POST = 2')
  write('outreach/src/app/health/route.ts', 'export function GET() {}')
  expect(found()).toEqual(
    expect.arrayContaining(['public page GET /login', 'user page POST /login', 'public page GET /outreach/health']),
  )
})

test('the endpoint table is part of the list', () => {
  expect(found()).toEqual(
    expect.arrayContaining([
      'user api GET /outreach/api/outreach/templates',
      'user api DELETE /outreach/api/outreach/templates/00000000-0000-4000-8000-00000000ffff',
      'public api GET /outreach/api/outreach/health',
    ]),
  )
})

test.each([
  ['export async function GET() {}', ['GET']],
  ['export function POST() {}', ['POST']],
  ['export const PATCH = handler', ['PATCH']],
  ["export { DELETE, PUT } from './x'", ['PUT', 'DELETE']],
  ['function GET() {} // not exported', []],
])('%s', (source, methods) => {
  expect(exportedMethods(source)).toEqual(methods)
})
