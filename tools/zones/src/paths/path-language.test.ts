import * as pageStaticInfo from 'next/dist/build/analysis/get-page-static-info.js'
import { buildCustomRoute } from 'next/dist/server/lib/router-utils/filesystem.js'
import { describe, expect, test } from 'vitest'
import { nextRouteExpression, proxyMatcherExpression } from './next-source.ts'
import {
  difference,
  everyPath,
  exactly,
  includes,
  intersection,
  isEmpty,
  ofGlob,
  ofNextSource,
  ofProxyMatcher,
  type PathLanguage,
  PathSourceError,
  under,
  union,
  witness,
  witnessOf,
} from './path-language.ts'

/** Exported, but not declared. */
const { getMiddlewareMatchers } = pageStaticInfo as unknown as {
  getMiddlewareMatchers(source: string, config: { basePath: string }): readonly { readonly regexp: string }[]
}

const next = (source: string, caseSensitive = true) => ofNextSource(source, { caseSensitive })

test.each<[name: string, language: PathLanguage, held: readonly string[], others: readonly string[]]>([
  ['a glob', ofGlob('/outreach/*'), ['/outreach/', '/outreach/a/b'], ['/outreach', '/outreachers', '/Outreach/a']],
  ['a glob without its slash', ofGlob('a?c'), ['/abc', '/a/c'], ['/ac', '/aabc', 'abc']],
  ['a glob that begins with a run', ofGlob('*.js'), ['/.js', '/a/b.js'], ['/b.jsx', '.js']],
  ['what a glob spells literally', ofGlob('/a.b+(c)[d]'), ['/a.b+(c)[d]'], ['/axb+(c)[d]', '/a.bb(c)d']],
  ['a source', next('/a'), ['/a', '/a/'], ['/A', '/a/b', '/a//']],
  ['a source whose case is ignored', next('/a', false), ['/a', '/A/'], ['/b']],
  ['any number of segments', next('/a/:p*'), ['/a', '/a/', '/a/b/c'], ['/a//b', '/ab', '/a/b//']],
  ['at least one segment', next('/a/:p+'), ['/a/b', '/a/b/c/'], ['/a', '/a/']],
  ['a segment by its pattern', next('/:p(\\d{2,3})'), ['/12', '/123/'], ['/1', '/1234', '/ab']],
  ['an optional segment', next('/a/:p?'), ['/a', '/a/b'], ['/a/b/c']],
  ['two names in a segment', next('/:p--:q'), ['/a--b', '/a-b--c'], ['/a--b--c/d', '/a-b', '/--b']],
  [
    'all but some',
    next('/((?!api|_next/static|favicon.ico).*)'),
    ['/', '/x/api', '/ap'],
    ['/api', '/apis', '/favicon-ico'],
  ],
  ['two lookaheads', next('/((?!a)(?=.b).*)'), ['/xbc'], ['/abc', '/xc']],
  ['a lookahead to the end', next('/((?!a$).*)b'), ['/ab', '/aab'], ['/a']],
  ['a lookahead in a repetition', next('/:p((?:a(?!b))+)'), ['/aaa', '/a/'], ['/ab', '/aab']],
  [
    'a proxy matcher',
    ofProxyMatcher('/x/:p*'),
    ['/x', '/x/', '/x/y', '/x.rsc', '/_next/data/1/x/y.json'],
    ['/X', '/xy'],
  ],
  ['the matcher of the root', ofProxyMatcher('/'), ['/', '/index', '/index.json', '/index.rsc'], ['/x']],
  ['a matcher below a base path', ofProxyMatcher('/x', { basePath: '/b' }), ['/b/x', '/b/_next/data/1/x.json'], ['/x']],
  ['one path', exactly('/a.b'), ['/a.b'], ['/a', '/axb', '/a.b/']],
  ['a tree', under('/a.b'), ['/a.b', '/a.b/', '/a.b/c'], ['/a.bc', '/axb']],
  ['the tree of the root', under(''), ['/', '/a'], ['', 'a']],
  ['every path', everyPath(), ['/', '/%2F', '//', '/|'], ['', 'a', '/a?b', '/a#b', '/ü', '/a b']],
])('%s', (_name, language, held, others) => {
  expect(held.filter((path) => !includes(language, path))).toEqual([])
  expect(others.filter((path) => includes(language, path))).toEqual([])
})

test('a redirect never takes what is of Next itself', () => {
  const redirects = ofNextSource('/:p*', { caseSensitive: false, kind: 'redirect' })
  expect(includes(redirects, '/a/_next')).toBe(true)
  expect(includes(redirects, '/_next/static/a.js')).toBe(false)
  const below = ofNextSource('/:p*', { caseSensitive: false, kind: 'redirect', basePath: '/b' })
  expect(includes(below, '/b/a')).toBe(true)
  expect(includes(below, '/b/_next/a')).toBe(false)
})

test('the root below a base path is the base path', () => {
  expect(includes(ofNextSource('/', { caseSensitive: true, basePath: '/b' }), '/b')).toBe(true)
})

describe("the expressions are Next's own", () => {
  const sources = ['/', '/a/:p*', '/:p(\\d+)', '/((?!api|_next/static).*)', '/:p-:q', '/a{/:b}?', '/x.:ext']

  test.each(sources)('of the route %s', (source) => {
    for (const kind of ['rewrite', 'redirect', 'header'] as const) {
      for (const basePath of ['', '/b']) {
        const whole = basePath + (source === '/' && basePath !== '' ? '' : source)
        const route = { source: whole, destination: '/', permanent: true, headers: [] }
        const { regex } = buildCustomRoute(kind, route, basePath, true)
        expect(nextRouteExpression(source, { caseSensitive: true, basePath, kind }).source).toBe(regex)
      }
    }
  })

  test.each([...sources, '/a/(.*)*'])('of the matcher %s', (source) => {
    for (const basePath of ['', '/b']) {
      const [matcher] = getMiddlewareMatchers(source, { basePath })
      expect(proxyMatcherExpression(source, { basePath }).source).toBe(matcher?.regexp)
    }
  })
})

test.each([
  ['a', 'unreadable'],
  ['/:', 'unreadable'],
  ['/(a', 'unreadable'],
  ['/:a:b', 'unreadable'],
  ['/*', 'unreadable'],
  ['/:p([b-a])', 'unreadable'],
  ['/:p((?<=a)b)', 'unsupported'],
  ['/:p((?<!a)b)', 'unsupported'],
  ['/:p(\\bb)', 'unsupported'],
  ['/:p(a|b)/:q(\\1)', 'unsupported'],
  ['/:p(.*a.{13})', 'too_large'],
])('the source %s is refused by name: %s', (source, code) => {
  expect(() => next(source)).toThrow(PathSourceError)
  expect(() => next(source)).toThrow(expect.objectContaining({ code, source }))
})

test.each<[what: string, language: PathLanguage, example: string | undefined]>([
  ['whole segments rather than a bare slash', ofGlob('/outreach/api/*'), '/outreach/api/x'],
  ['a letter for whatever is left open', ofGlob('/a/?/*.js'), '/a/x/x.js'],
  ['the shortest', ofGlob('*'), '/'],
  ['no dot segment', next('/:p([^a-z]+)'), '/0'],
  ['a strange one when there is no other', ofGlob('/a//b'), '/a//b'],
  ['a slash at the end when it must be', exactly('/a/'), '/a/'],
  ['a difference in case where words begin', difference(next('/outreach', false), next('/outreach')), '/Outreach'],
  ['nothing of the empty set', difference(under('/a'), union(exactly('/a'), ofGlob('/a/*'))), undefined],
  ['nothing of no sets', union(), undefined],
  ['nothing of what is no path', exactly('/a b'), undefined],
  ['nothing of a source that can match no path', next('/ü'), undefined],
])('an example is %s', (_what, language, example) => {
  expect(witness(language)).toBe(example)
  expect(isEmpty(language)).toBe(example === undefined)
})

test('many sets at once are answered as two are', () => {
  const trees = ['/a', '/b', '/c', '/d'].map(under)
  expect(witnessOf([everyPath()], [...trees, exactly('/'), exactly('/x')])).toBe('/e')
  expect(witnessOf([ofGlob('/a*'), ofGlob('*b'), ofGlob('*c*'), ofGlob('/?d*')])).toBe('/adcb')
})

test('what is in both is in each', () => {
  const both = intersection(ofGlob('*.js'), under('/outreach-static'))
  expect(witness(both)).toBe('/outreach-static/x.js')
})
