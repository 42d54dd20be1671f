import { expect, test } from 'vitest'
import { pageFaults, pageSeen } from './page.ts'

const html = (release: string, ...files: readonly string[]) =>
  `<!DOCTYPE html><html lang="en" class="x" data-release="${release}">${files
    .map((file) => `<script src="${file}" async=""></script><link rel="preload" href="${file}"/>`)
    .join('')}</html>`

const files = new Map([
  [
    '0.1.0-aaaaaaaaaaaa',
    new Map([
      ['outreach-static/_next/static/chunks/a.js', 'a'],
      ['outreach-static/_next/static/chunks/both.js', 'both'],
    ]),
  ],
  [
    '0.1.0-bbbbbbbbbbbb',
    new Map([
      ['outreach-static/_next/static/chunks/b.js', 'b'],
      ['outreach-static/_next/static/chunks/both.js', 'both'],
    ]),
  ],
])
const faults = (page: string) => pageFaults(pageSeen(page), (release) => files.get(release))

test('a page says its release, and each file that it names once', () => {
  expect(pageSeen(html('0.1.0-aaaaaaaaaaaa', '/outreach-static/_next/static/chunks/a.js'))).toEqual({
    release: '0.1.0-aaaaaaaaaaaa',
    build: undefined,
    files: ['/outreach-static/_next/static/chunks/a.js'],
  })
})

test('what both releases have may be named by both', () => {
  expect(faults(html('0.1.0-aaaaaaaaaaaa', '/outreach-static/_next/static/chunks/both.js'))).toEqual([])
})

test.each<[what: string, page: string, fault: string]>([
  [
    'a file of another build',
    html('0.1.0-aaaaaaaaaaaa', '/outreach-static/_next/static/chunks/b.js'),
    'is of 0.1.0-aaaaaaaaaaaa and names /outreach-static/_next/static/chunks/b.js, which is not',
  ],
  [
    'a release that was never there',
    html('0.1.0-cccccccccccc', '/x_next/static/a.js'),
    'is of 0.1.0-cccccccccccc, which was never deployed',
  ],
  ['a page that says nothing', '<html><body>Bad gateway</body></html>', 'does not say which release it is'],
  ['a page without its files', html('0.1.0-aaaaaaaaaaaa'), 'names no file'],
])('%s is a fault', (_, page, fault) => {
  expect(faults(page)).toEqual([fault])
})
