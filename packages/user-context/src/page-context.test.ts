import { expect, test } from 'vitest'
import { PAGE_CONTEXT_NAME, pageContext } from './page-context.ts'

test('a page is told by its person and practice, in ids only and in any spelling of the practice', () => {
  expect(PAGE_CONTEXT_NAME).toBe('x-page-context')
  expect(pageContext({ saxId: 1386, practiceId: '00000000-0000-0000-0000-0000000000AB' })).toBe(
    '1386.00000000-0000-0000-0000-0000000000ab',
  )
})
