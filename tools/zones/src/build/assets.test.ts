import { host, outreach } from '@sax/topology'
import { expect, test } from 'vitest'
import { assetsOf } from './assets.ts'

const files = (path: string) => new Map([[path, new Uint8Array(3)]])

test('a hashed file lies at its own path and may be kept for ever', () => {
  expect(assetsOf(outreach, '.next/static', files('chunks/a.js'))[0]?.asset).toMatchObject({
    zone: 'outreach',
    key: 'outreach-static/_next/static/chunks/a.js',
    file: 'assets/outreach/outreach-static/_next/static/chunks/a.js',
    bytes: 3,
    contentType: 'text/javascript; charset=utf-8',
    cacheControl: 'public,max-age=31536000,immutable',
    hashed: true,
  })
})

test('a file without a hash in its name is kept for a day', () => {
  expect(assetsOf(outreach, 'public', files('logo.svg'))[0]?.asset).toMatchObject({
    key: 'outreach-static/logo.svg',
    cacheControl: 'public,max-age=86400',
    hashed: false,
  })
})

test.each(['a.js.map', 'notes.md', 'page.tsx', '.env', 'dump'])('B5: %s is not published', (path) => {
  expect(() => assetsOf(outreach, '.next/static', files(path))).toThrow('no kind of file that is published')
})

test('R12: public files that the topology knows no place for stop the release', () => {
  expect(() => assetsOf(host, 'public', files('robots.txt'))).toThrow('the topology knows no place')
  expect(assetsOf(host, 'public', new Map())).toEqual([])
})
