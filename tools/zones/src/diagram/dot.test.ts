import { expect, test } from 'vitest'
import { dot, quoted } from './dot.ts'
import { text } from './markup.ts'

test('a graph is written in the order given, texts quoted and markup in angle brackets', () => {
  const graph = dot({
    attributes: { rankdir: 'LR' },
    node: { shape: 'plain' },
    edge: { penwidth: 1.5 },
    nodes: [
      { id: 'a', attributes: { label: text('x < y') } },
      { id: 'b"; c', attributes: {} },
    ],
    edges: [{ from: ['a', 'head', 'e'], to: ['b"; c'], attributes: { style: 'dashed' } }],
    ranks: [['a', 'b"; c']],
  })
  expect(graph.split('\n')).toEqual([
    'digraph {',
    '  graph [rankdir="LR"]',
    '  node [shape="plain"]',
    '  edge [penwidth="1.5"]',
    '  "a" [label=<x &lt; y>]',
    '  "b\\"; c" []',
    '  "a":"head":"e" -> "b\\"; c" [style="dashed"]',
    '  { rank=same; "a"; "b\\"; c" }',
    '}',
    '',
  ])
})

test.each([
  ['plain', '"plain"'],
  ['a "word"', '"a \\"word\\""'],
  ['ends with \\', '"ends with \\\\"'],
  ['\\"', '"\\\\\\""'],
])('%s is quoted so that nothing ends it early', (plain, written) => {
  expect(quoted(plain)).toBe(written)
})
