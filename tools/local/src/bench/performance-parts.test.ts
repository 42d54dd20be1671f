import { expect, test } from 'vitest'
import { withPart } from './performance-parts.ts'

const document = '# Performance\n\n<!-- site -->\nold\n<!-- /site -->\n\n<!-- functions -->\n<!-- /functions -->\n'

test('a part is replaced, and the rest stays', () => {
  expect(withPart(document, 'site', 'new\nfigures\n')).toBe(document.replace('old', 'new\nfigures'))
  expect(withPart(document, 'functions', 'first')).toBe(document.replace('functions -->\n', 'functions -->\nfirst\n'))
})

test('a document without a place for it is refused', () => {
  expect(() => withPart(document, 'load', 'new')).toThrow('no place for "load"')
})
