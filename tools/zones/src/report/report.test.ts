import type { ProbeResult } from '@sax/probes'
import { expect, test } from 'vitest'
import { exitCode } from '../outcome.ts'
import { reportHtml } from './html.ts'
import { reportJunit } from './junit.ts'
import { reportTable } from './table.ts'
import { outcomeOf, reportJson, type VerifyReport } from './verify-report.ts'

const result = (id: string, outcome: ProbeResult['outcome'], findings: readonly string[] = []): ProbeResult => ({
  id,
  group: 'api',
  title: `Promise ${id}`,
  incidents: [],
  outcome,
  findings,
  evidence: [{ question: 'GET host:/x', answer: '200' }],
  durationMs: 3,
})

const report = (...results: readonly ProbeResult[]): VerifyReport => ({
  stage: 'local',
  routing: 'host',
  release: 'r1',
  hostUrl: 'http://a',
  outreachUrl: 'http://b',
  durationMs: 1500,
  results,
  pictures: [{ title: '/patients', jpeg: Buffer.from('picture') }],
})

const same = (text: unknown) => String(text)
const plain = { green: same, red: same, yellow: same, dim: same, bold: same }

test.each([
  ['all were seen to be kept', [result('a', 'kept')], 'All 1 promises are kept (1.5 s).'],
  ['one is broken', [result('a', 'kept'), result('b', 'broken', ['x'])], '1 of 2 promises are broken (1.5 s).'],
  [
    'D11: one was not seen',
    [result('a', 'kept'), result('b', 'unseen')],
    '1 promises are kept; 1 could not be seen (1.5 s).',
  ],
] as const)('the last line says so when %s', (_when, results, line) => {
  expect(
    reportTable(report(...results), plain)
      .split('\n')
      .at(-1),
  ).toBe(line)
})

test('a broken promise is listed with its reason', () => {
  const text = reportTable(report(result('a', 'broken', ['answered 404, owed 200'])), plain)
  expect(text).toContain('broken a: Promise a\n      answered 404, owed 200')
})

test('the HTML report is one file, shows broken promises first and escapes what it quotes', () => {
  const html = reportHtml(report(result('a', 'kept'), result('b', 'broken', ['<script>x</script>'])), new Date(0))
  expect(html).not.toContain('<script>')
  expect(html).toContain('&lt;script&gt;x&lt;/script&gt;')
  expect(html.indexOf('id="b"')).toBeLessThan(html.indexOf('id="a"'))
  expect(html).toContain('data:image/jpeg;base64,cGljdHVyZQ==')
  expect(html).not.toMatch(/(?:src|href)="(?!data:)/)
})

test('the JSON report counts and leaves the pictures out', () => {
  const parsed = JSON.parse(reportJson(report(result('a', 'kept'), result('b', 'unseen'))))
  expect(parsed.tally).toEqual({ kept: 1, broken: 0, unseen: 1 })
  expect(parsed).not.toHaveProperty('pictures')
})

const leftOut = result('c', 'unseen', ['left out with --no-browser'])

test.each<[when: string, code: number, results: readonly ProbeResult[]]>([
  ['everything was kept', 0, [result('a', 'kept')]],
  ['one promise is broken', 1, [result('a', 'kept'), result('b', 'broken')]],
  ['one could not be seen', 1, [result('a', 'kept'), result('b', 'unseen', ['no logs'])]],
  ['one was left out on request', 0, [result('a', 'kept'), leftOut]],
  ['one was left out on request, and another could not be seen', 1, [leftOut, result('b', 'unseen', ['no logs'])]],
  ['one is broken and one was left out', 1, [result('a', 'broken'), leftOut]],
  ['nothing was asked', 1, []],
])('D11: when %s the exit code is %i', (_when, code, results) => {
  expect(exitCode(outcomeOf(report(...results), ''))).toBe(code)
})

test('the JUnit report says of each promise how it went, and what was not seen is skipped, never passed', () => {
  const xml = reportJunit(
    report(result('a', 'kept'), result('b', 'broken', ['answered 404 & "no"']), result('c', 'unseen', ['no logs'])),
  )
  expect(xml).toContain('tests="3" failures="1" errors="0" skipped="1"')
  expect(xml).toContain('classname="local.api" name="b: Promise b"')
  expect(xml).toContain('answered 404 &amp;')
  expect(xml).toMatch(/name="c: Promise c"[^>]*>\s*<skipped\/>\s*<system-out>\s*<!\[CDATA\[no logs/)
})
