import { host, outreach } from '@sax/topology'
import { judge, PRIVATE_NO_STORE } from './owed.ts'
import type { Finding } from './probe.ts'
import type { HttpAnswer } from './question.ts'

/** Content types owed by file extension. */
const TYPES: Readonly<Record<string, RegExp>> = {
  js: /^(?:application|text)\/javascript\b/,
  mjs: /^(?:application|text)\/javascript\b/,
  css: /^text\/css\b/,
  woff2: /^font\/woff2\b/,
  woff: /^font\/woff\b/,
  svg: /^image\/svg\+xml\b/,
  png: /^image\/png\b/,
  jpg: /^image\/jpeg\b/,
  webp: /^image\/webp\b/,
  avif: /^image\/avif\b/,
  ico: /^image\/(?:x-icon|vnd\.microsoft\.icon)\b/,
  json: /^application\/(?:[a-z.+-]*\+)?json\b/,
  webmanifest: /^application\/manifest\+json\b/,
  map: /^application\/json\b/,
  txt: /^text\/plain\b/,
}

const YEAR_IMMUTABLE = /^(?=.*\bpublic\b)(?=.*\bmax-age=31536000\b)(?=.*\bimmutable\b)/

/** Paths of the hashed files of both zones. */
const HASHED = [host, outreach].map((zone) => `${zone.assetPrefix}/_next/static/`)

/** How the answer to a file that a page names differs from what is owed. */
export function fileFindings(url: string, answer: HttpAnswer): readonly Finding[] {
  const { pathname } = new URL(url)
  const type = TYPES[/\.([a-z0-9]+)$/i.exec(pathname)?.[1]?.toLowerCase() ?? '']
  const hashed = HASHED.some((prefix) => pathname.startsWith(prefix))
  const findings = judge(pathname, answer, {
    status: [200],
    minBytes: 1,
    headers: {
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(hashed ? { 'cache-control': YEAR_IMMUTABLE, 'set-cookie': null } : {}),
    },
  })
  const html = /^text\/html\b/.test(answer.headers['content-type'] ?? '')
  return html && answer.status === 200 ? [...findings, `${pathname}: a page came where a file was named`] : findings
}

/** How a signed-in page differs from what is owed: it has content, a title and a main part, and belongs to one person. */
export function pageFindings(url: string, answer: HttpAnswer): readonly Finding[] {
  const { pathname } = new URL(url)
  const findings = judge(pathname, answer, {
    status: [200],
    minBytes: 2000,
    headers: { 'content-type': /^text\/html\b/, 'cache-control': PRIVATE_NO_STORE },
  })
  if (answer.status !== 200) return findings
  const lacks = (pattern: RegExp, what: string) =>
    pattern.test(answer.body) ? [] : [`${pathname}: no ${what} in the page`]
  return [...findings, ...lacks(/<main\b/, '<main>'), ...lacks(/<title[^>]*>[^<]+<\/title>/, 'title')]
}
