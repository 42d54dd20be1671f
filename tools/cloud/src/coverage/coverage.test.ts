import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withCoverage } from './coverage.ts'

test('the README says what the layer knows: run node tools/cloud/src/coverage/main.ts when it does not', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  expect(withCoverage(readme)).toBe(readme)
})

test('a README without place for it is refused', () => {
  expect(() => withCoverage('# Something else')).toThrow('the README holds no <!--')
})
