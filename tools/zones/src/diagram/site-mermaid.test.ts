import { expect, test } from 'vitest'
import { escapedForMermaid, siteMermaid } from './site-mermaid.ts'
import type { SitePlan } from './site-plan.ts'

test.each([
  ['/outreach/*', '/outreach/#42;'],
  ['a "quoted" word', 'a #34;quoted#34; word'],
  ['#42;', '#35;42#59;'],
  ['<b>', '#60;b#62;'],
  ['two\nlines', 'two lines'],
  ['😀', '#128512;'],
])('%j is written %j', (plain, written) => {
  expect(escapedForMermaid(plain)).toBe(written)
})

const hostile: SitePlan = {
  title: 'The site:\nend; x --> y',
  distributions: [
    {
      ...{ id: 'd1', name: 'end', zone: undefined, zoneIndex: 0, names: ['"] --> x[" <b>'], firewall: undefined },
      functions: ['style a:b#c;'],
      behaviors: [
        { number: 1, pattern: '*"]', cachePolicy: 'c', originRequestPolicy: undefined, origin: 'o1', functions: [] },
        { number: 2, pattern: '*', cachePolicy: 'c', originRequestPolicy: 'r', origin: undefined, functions: ['f'] },
      ],
    },
  ],
  origins: [
    {
      ...{ id: 'o1', name: 'graph', zoneIndex: 0 },
      behind: { kind: 'server', name: '%%', qualifier: undefined, access: 'open', logGroup: undefined },
    },
  ],
  carries: [{ origin: 'o1', distribution: 'd1', patterns: ['/x'] }],
}

/** Statements of a flow chart as this builder uses them; anything that got out of a label is none of them. */
const STATEMENTS = [
  /^%%\{init: \{"flowchart": \{"wrappingWidth": \d+\}\}\}%%$/,
  /^flowchart LR$/,
  /^ {2}accTitle: [^\n;#%{}<>]+$/,
  /^ {2}[a-z0-9]+(\["[^"]*"\]|\(\["[^"]*"\]\)|\[\("[^"]*"\)\])$/,
  /^ {2}[a-z0-9]+ --> [a-z0-9]+$/,
  /^ {2}[a-z0-9]+ -- "[^"]*" --> [a-z0-9]+$/,
  /^ {2}[a-z0-9]+ -\. "[^"]*" \.-> [a-z0-9]+$/,
]

test('no text of a configuration gets out of its label', () => {
  const lines = siteMermaid(hostile).split('\n')
  expect(lines.filter((line) => !STATEMENTS.some((statement) => statement.test(line)))).toEqual([])
  // Mermaid takes the last semicolon off what looks like a style statement.
  expect(lines.filter((line) => /style.*:\S*#.*;/.test(line))).toEqual([])
})

test('behaviours are listed in order, and one whose origin is not there has no arrow', () => {
  const drawn = siteMermaid(hostile)
  expect(drawn).toContain(
    '<br/>1#58; #42;#34;#93; - c, no origin request policy<br/>2#58; #42; - c, r, function f, no such origin"]',
  )
  expect(drawn.match(/d1 -- "[^"]*" --> \w+/g)).toEqual(['d1 -- "1" --> o1'])
})
