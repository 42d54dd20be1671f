import { expect, test } from 'vitest'
import { develop } from '../../test/infra/fakes.ts'
import { filesNamedIn, placeOf } from './named-files.ts'
import { stageLayout } from './stage-layout.ts'

const layout = stageLayout('develop', develop)

test('files are found in tags, in data for scripts and in headers, each once', () => {
  const body = [
    '<link rel="stylesheet" href="/outreach-static/_next/static/chunks/a.css?dpl=1">',
    '<script>push([1,"/outreach-static/_next/static/chunks/~b-1.js\\",\\"/_next/static/chunks/c.js"])</script>',
    '<script src="/outreach-static/_next/static/chunks/~b-1.js"></script>',
    '<img src="https://elsewhere.example.test/_next/static/chunks/d.png"><a href="/outreach/templates">',
  ].join('')
  const headers = { link: '</outreach-static/_next/static/media/e.woff2>; rel=preload' }
  expect([...filesNamedIn({ status: 200, headers, body })].sort()).toEqual([
    '/_next/static/chunks/c.js',
    '/outreach-static/_next/static/chunks/a.css',
    '/outreach-static/_next/static/chunks/~b-1.js',
    '/outreach-static/_next/static/media/e.woff2',
  ])
})

test.each<[path: string, bucket: string | undefined, key: string | undefined]>([
  ['/_next/static/a.js', 'sax-nextjs-us-east-1-develop-sleepconnect-assets', '_next/static/a.js'],
  [
    '/outreach-static/_next/static/a%20b.js',
    'sax-nextjs-us-east-1-develop-outreach-assets',
    'outreach-static/_next/static/a b.js',
  ],
  ['/elsewhere/_next/static/a.js', undefined, undefined],
])('%s lies in %s', (path, bucket, key) => {
  expect(placeOf(layout, path)).toEqual(bucket === undefined ? undefined : { bucket, key })
})
