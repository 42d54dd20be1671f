import { expect, test } from 'vitest'
import { element, empty, escaped, text } from './markup.ts'

test.each([
  ['a & b', 'a &amp; b'],
  ['<script>', '&lt;script&gt;'],
  ['say "x"', 'say &quot;x&quot;'],
  ['tab\tand\nline', 'tab\tand\nline'],
  ['bell\u0007', 'bell\ufffd'],
  ['half a pair \ud800', 'half a pair \ufffd'],
])('%j becomes %j', (plain, xml) => {
  expect(escaped(plain)).toBe(xml)
})

test('attributes and content are escaped, elements inside stay elements', () => {
  const made = element('TD', { PORT: 'a"b', WIDTH: 3 }, text('1 < 2'), empty('BR', { ALIGN: 'LEFT' }))
  expect(made.markup).toBe('<TD PORT="a&quot;b" WIDTH="3">1 &lt; 2<BR ALIGN="LEFT"/></TD>')
})
