import { expect, test } from 'vitest'
import { problemOf } from './problems.ts'

test('each known reason has its words', () => {
  expect(problemOf('unusable_account')).toMatchObject({ title: 'Your account is not set up yet', next: 'out' })
  expect(problemOf('cookies_refused')).toMatchObject({ next: 'again' })
})

test.each([undefined, 'x', '__proto__', 'constructor', '<script>'])(
  'the reason %s says nothing in particular',
  (reason) => {
    expect(problemOf(reason).title).toBe('Signing in did not work')
  },
)
