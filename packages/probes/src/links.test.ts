import { expect, test } from 'vitest'
import { hashedFilesIn, linkHeaderUrls, linksOf, styleSheetUrls } from './links.ts'

const base = 'http://site.test/a/b'
const urls = (html: string) => linksOf(html, base).map(({ kind, url }) => `${kind} ${url}`)

test.each<[what: string, html: string, links: string[]]>([
  ['a link, relative to its page', '<a class="x" href="c?d=1&amp;e=2#f">', ['anchor http://site.test/a/c?d=1&e=2']],
  [
    'a script and a style sheet',
    `<script src="/s.js"></script><link href='/t.css'>`,
    ['file http://site.test/s.js', 'file http://site.test/t.css'],
  ],
  [
    'every candidate of a srcset',
    '<img srcset="/1.png 1x, /2.png 2x">',
    ['file http://site.test/1.png', 'file http://site.test/2.png'],
  ],
  ['a foreign address', '<img src="https://elsewhere.test/x">', ['file https://elsewhere.test/x']],
  ['nothing that is no request', '<a href="#top"><a href="mailto:a@b"><a href="tel:1"><img src="data:x">', []],
  ['the same address once', '<a href="/x"><a href="/x#y">', ['anchor http://site.test/x']],
])('finds %s', (_what, html, links) => {
  expect(urls(html)).toEqual(links)
})

test('finds what a Link header preloads', () => {
  expect(linkHeaderUrls('</f.woff2>; rel=preload; as=font, </g.css>; rel=preload', base).map(({ url }) => url)).toEqual(
    ['http://site.test/f.woff2', 'http://site.test/g.css'],
  )
})

test('finds the files of a style sheet, quoted or not, relative to it', () => {
  const css = '@font-face{src:url(../media/a.woff2)}b{background:url("/b.svg")}c{mask:url(data:image/png;base64,x)}'
  expect(styleSheetUrls(css, 'http://site.test/static/css/x.css').map(({ url }) => url)).toEqual([
    'http://site.test/static/media/a.woff2',
    'http://site.test/b.svg',
  ])
})

test('finds hashed files named in streamed data', () => {
  const text = String.raw`["/outreach-static/_next/static/chunks/0a~b.js","/_next/static/media/c.woff2\"]`
  expect(hashedFilesIn(text, ['/outreach-static', ''], base).map(({ url }) => new URL(url).pathname)).toEqual([
    '/outreach-static/_next/static/chunks/0a~b.js',
    '/_next/static/media/c.woff2',
  ])
})
