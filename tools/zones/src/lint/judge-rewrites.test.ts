import { describe, expect, test } from 'vitest'
import { type TinySite, tinyModel } from '../../test/lint-model.ts'
import { judge } from './judge.ts'

const found = (site: TinySite) => judge(tinyModel(site)).map(({ rule, witness }) => `${rule} ${witness}`)

const ZONE = 'https://blog.example.com'
const pages = { source: '/blog/:path*', destination: `${ZONE}/blog/:path*` }
const files = { source: '/blog-static/:path*', destination: `${ZONE}/blog-static/:path*` }
const api = (destination: string) => ({ source: '/blog/api/:path*', destination })

describe('what a stranger’s valid host may look like is left alone', () => {
  test.each<[string, TinySite]>([
    ['`:path*` takes the bare path too', { rewrites: [pages, files] }],
    [
      'the documentation’s three sources',
      {
        rewrites: [
          { source: '/blog', destination: `${ZONE}/blog` },
          { source: '/blog/:path+', destination: `${ZONE}/blog/:path+` },
          { source: '/blog-static/:path+', destination: `${ZONE}/blog-static/:path+` },
        ],
      },
    ],
    ['an exception before its rule', { rewrites: [api(`${ZONE}/blog/api/:path*`), pages, files] }],
    ['beforeFiles', { rewrites: { beforeFiles: [pages, files] } }],
    ['no asset prefix: files below the base path', { zones: [{ name: 'blog', basePath: '/blog' }], rewrites: [pages] }],
    [
      'files on a host of their own',
      {
        zones: [{ name: 'blog', basePath: '/blog', assetPrefix: 'https://cdn.example.com/blog' }],
        rewrites: [pages],
      },
    ],
    [
      'a zone without base path of its own drops it everywhere',
      {
        rewrites: [{ source: '/blog/:path*', destination: `${ZONE}/:path*` }, files],
      },
    ],
    [
      'other rewrites that are nobody’s zone',
      {
        rewrites: [pages, files, { source: '/ingest/:path*', destination: 'https://analytics.example.com/:path*' }],
      },
    ],
    [
      'an older site behind everything',
      {
        rewrites: {
          afterFiles: [pages, files],
          fallback: [{ source: '/:path*', destination: 'https://old.example.com/:path*' }],
        },
      },
    ],
    [
      'one parameter for pages and files',
      {
        rewrites: [{ source: '/:zone(blog|blog-static)/:path*', destination: `${ZONE}/:zone/:path*` }],
      },
    ],
    [
      'an API of the zone’s own name',
      {
        zones: [
          { name: 'blog', basePath: '/blog', api: '/blog/api', domains: ['blog.example.com', 'api.blog.example.com'] },
        ],
        rewrites: [api('https://api.blog.example.com/blog/api/:path*'), pages],
      },
    ],
    [
      'a matcher that leaves out files',
      {
        rewrites: [pages, files],
        proxy: "export const config = { matcher: ['/((?!api|_next/static|_next/image|favicon.ico).*)'] }",
      },
    ],
    [
      'a matcher about something else',
      {
        rewrites: [pages, files],
        proxy: "export const config = { matcher: '/dashboard/:path*' }",
      },
    ],
    [
      'the host declared beside its zones',
      {
        zones: [
          { name: 'www', basePath: '' },
          { name: 'blog', basePath: '/blog', assetPrefix: '/blog-static' },
        ],
        rewrites: [pages, files],
      },
    ],
  ])('%s', (_why, site) => {
    expect(found(site)).toEqual([])
  })
})

describe('a rewrite that goes wrong is found, with a path that shows it', () => {
  test.each<[string, TinySite, readonly string[]]>([
    [
      'R2: the API straight to a gateway',
      { rewrites: [api('https://abc.execute-api.eu-west-1.amazonaws.com/dev/:path*'), pages, files] },
      ['api-bypass /blog/api/templates', 'foreign-stage-host /blog/api/templates'],
    ],
    [
      'R2: the API to another host than the pages',
      { rewrites: [api('https://backend.example.com/blog/api/:path*'), pages, files] },
      ['api-bypass /blog/api/templates'],
    ],
    [
      'R2: the API without the zone’s prefix',
      { rewrites: [api(`${ZONE}/api/:path*`), pages, files] },
      ['api-bypass /blog/api/templates'],
    ],
    [
      'R2: the API kept by the host',
      { rewrites: [api('/internal/:path*'), pages, files] },
      ['api-bypass /blog/api/templates'],
    ],
    [
      'R2: only some requests, by a condition',
      { rewrites: [{ ...api('https://b.example.com/blog/api/:path*'), has: [{ type: 'header' }] }, pages, files] },
      ['api-bypass /blog/api/templates'],
    ],
    [
      'R2: an API outside the base path that nobody rewrites',
      { zones: [{ name: 'blog', basePath: '/blog', api: '/api/blog' }], rewrites: [pages] },
      ['api-bypass /api/blog/templates'],
    ],
    [
      'R5: the bare base path',
      { rewrites: [{ source: '/blog/:path+', destination: `${ZONE}/blog/:path+` }, files] },
      ['missing-exact-path /blog'],
    ],
    ['the files', { rewrites: [pages] }, ['missing-static-behavior /blog-static/_next/static/chunks/main.js']],
    [
      'R13: the rule before its exception',
      { rewrites: [pages, { source: '/blog/old/:path*', destination: 'https://old.example.com/:path*' }, files] },
      ['wrong-order /blog/old'],
    ],
    [
      'R13: two sources that cross',
      {
        rewrites: [{ source: '/:section/news', destination: 'https://news.example.com/:section/news' }, pages, files],
      },
      ['overlapping-patterns /blog/news', 'overlapping-patterns /blog-static/news'],
    ],
    [
      'R9: everything to another host',
      {
        zones: [{ name: 'blog', basePath: '/blog' }],
        rewrites: [{ source: '/:path*', destination: 'https://old.example.com/:path*' }],
      },
      ['catch-all-proxy /blog/conversations'],
    ],
    [
      'R10: a matcher that counts case before rewrites that do not',
      { rewrites: [pages, files], proxy: "export const config = { matcher: '/blog/:path*' }" },
      ['case-mismatch /BLOG'],
    ],
    [
      'R11: a matcher that repeats the base path',
      { rewrites: [], basePath: '/blog', proxy: "export const config = { matcher: '/blog/:path*' }" },
      ['unmatched-proxy /blog/x'],
    ],
    [
      'a source that Next cannot read',
      { rewrites: [pages, files, { source: '/(', destination: '/x' }] },
      ['broken-configuration /'],
    ],
    [
      'R13: two zones with one asset prefix',
      {
        zones: [
          { name: 'blog', basePath: '/blog', assetPrefix: '/static' },
          { name: 'shop', basePath: '/shop', assetPrefix: '/static' },
        ],
        rewrites: [],
      },
      ['overlapping-patterns /static'],
    ],
    [
      'R13: a zone inside a zone',
      {
        zones: [
          { name: 'blog', basePath: '/blog' },
          { name: 'news', basePath: '/blog/news' },
        ],
        rewrites: [],
      },
      ['overlapping-patterns /blog/news'],
    ],
  ])('%s', (_why, site, expected) => {
    expect(found(site)).toEqual(expected)
  })
})

test('a proxy that rewrites may carry what no rewrite takes', () => {
  const site = { rewrites: [pages], proxy: 'export function proxy() { return NextResponse.rewrite(url) }' }
  expect(found(site)).toEqual([])
})

describe('what the routes of a project say', () => {
  const model = tinyModel({
    rewrites: [pages, files],
    proxy: "export const config = { matcher: ['/((?!reports).*)'] }",
  })
  const withRoutes = (guarded: readonly string[], catchAllRoutes: readonly string[]) =>
    judge({ ...model, hosts: model.hosts.map((host) => ({ ...host, guarded, catchAllRoutes })) }).map(
      ({ rule, witness, file }) => `${rule} ${witness} ${file}`,
    )

  test('R11: a page that needs a session and that the matcher leaves out', () => {
    expect(withRoutes(['/patients', '/reports/1'], [])).toEqual(['unmatched-proxy /reports/1 host/proxy.ts'])
  })

  test('R9: an API route for everything below it', () => {
    expect(withRoutes([], ['/api/[...path]'])).toEqual(['catch-all-proxy /api/x host/next.config.mjs'])
  })
})
