import { expect, test } from 'vitest'
import { sortOutputs, zoneDestinations } from './destinations.ts'

const one = new Uint8Array(1)
const sort = (...paths: readonly string[]) =>
  sortOutputs('outreach', new Map(paths.map((path) => [path, one])), zoneDestinations)
const wentOf = (path: string) => [...sort(path).byDestination.keys()]

const server = '.open-next/server-functions/default/'

test.each<[path: string, went: string]>([
  [`${server}index.mjs`, 'function'],
  [`${server}apps/outreach/.next/server/middleware.js`, 'function'],
  [`${server}node_modules/next/dist/server/next-server.js`, 'function'],
  [`${server}node_modules/next/dist/server/dev/browser-logs/file-logger.js`, 'function'],
  [`${server}node_modules/react-dom/cjs/react-dom-server.node.production.js`, 'function'],
  [`${server}node_modules/react-dom/cjs/react-dom-server.node.development.js`, 'left out'],
  [`${server}node_modules/thread-stream/test/end.test.js`, 'left out'],
  [`${server}node_modules/@scope/name/docs/readme.md`, 'left out'],
  [`${server}node_modules/next/dist/cli/next-build.js`, 'left out'],
  [`${server}node_modules/x/index.js.map`, 'private'],
  ['.open-next/assets/_next/static/chunks/a.js', 'asset'],
  ['.open-next/assets/favicon.ico', 'left out'],
])('%s goes: %s', (path, went) => {
  expect(wentOf(path)).toEqual([went])
})

test.each([
  '.open-next/middleware/handler.mjs',
  '.open-next/image-optimization-function/index.mjs',
  '.open-next/cache/x.json',
  '.open-next/server-functions/second/index.mjs',
  '.open-next/assets/robots.txt',
  '.open-next/assets/_next/data/x.json',
])('R12: %s was built, nobody said where it goes, and there is no release', (path) => {
  expect(() => sort('.open-next/assets/BUILD_ID', path)).toThrow(
    `1 files that no release takes and nobody left out: ${path}`,
  )
})

test('what is left out says why', () => {
  expect(zoneDestinations.filter(({ went, because }) => went === 'left out' && !because)).toEqual([])
})
