import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../pages', import.meta.url))
const source = (path: string) => readFileSync(`${folder}/${path}`, 'utf8')
const files = globSync('**/*', { cwd: folder, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath.slice(folder.length + 1)}/${entry.name}`.replace(/^\//, ''))
/** Next's own: the document, the frame and what is shown when those fail. */
const frames = ['_app.tsx', '_document.tsx', '_error.tsx']
/** Answered to anybody, so it says nothing of anybody. */
const MISSING = '[...rest].tsx'
const pages = files.filter((file) => !frames.includes(file) && file !== MISSING)

test('the zone has pages', () => {
  expect(pages.length).toBeGreaterThanOrEqual(4)
  expect(files).toEqual(expect.arrayContaining([...frames, MISSING]))
})

test.each(pages)('R11: %s is made of a verified user context', (page) => {
  expect(source(page)).toMatch(/^export const getServerSideProps = signedInProps\(/m)
})

test('R11: a page that is not there is made of a verified user context, or of nothing', () => {
  expect(source(MISSING)).toMatch(/^export const getServerSideProps = missingProps$/m)
})

test('R11: the proxy has no matcher that could miss a path', () => {
  expect(readFileSync(fileURLToPath(new URL('../proxy.ts', import.meta.url)), 'utf8')).not.toMatch(
    /export const config/,
  )
})

test('no page writes, for writes belong to the API routes', () => {
  expect(files.filter((file) => file.startsWith('api/') || /getStaticProps/.test(source(file)))).toEqual([])
})
