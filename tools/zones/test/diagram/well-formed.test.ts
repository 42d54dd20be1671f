import { expect, test } from 'vitest'
import { xmlFault } from './well-formed.ts'

test('a small document is well-formed', () => {
  expect(xmlFault('<svg a="1"><g><text x="1">a &amp; b</text><path d="M0"/></g></svg>')).toBeUndefined()
})

test.each([
  ['an element that stays open', '<svg><g></svg>'],
  ['an element that nothing opened', '<svg></g></svg>'],
  ['nothing closed', '<svg>'],
  ['a bare ampersand', '<svg>a & b</svg>'],
  ['a bare ampersand in an attribute', '<svg a="a & b"></svg>'],
  ['an attribute without quotes', '<svg a=1></svg>'],
  ['an attribute twice', '<svg a="1" a="2"></svg>'],
  ['two roots', '<svg/><svg/>'],
  ['text outside', '<svg/>x'],
])('%s is not', (_why, xml) => {
  expect(xmlFault(xml)).toEqual(expect.any(String))
})
