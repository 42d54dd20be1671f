import { expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import { asSarif } from './as-sarif.ts'

const finding: Finding = {
  rule: 'api-bypass',
  severity: 'error',
  witness: '/blog/api/x',
  file: './host dir/next.config.mjs',
  where: './host dir/next.config.mjs: rewrites() afterFiles[0] /blog/api/:path*',
  why: 'It goes around the zone.',
  fix: 'Send it to the zone.',
}

test('the log has what SARIF 2.1.0 requires', () => {
  const log = JSON.parse(asSarif([finding]))
  expect(log.version).toBe('2.1.0')
  expect(log.runs).toHaveLength(1)
  const [{ tool, results }] = log.runs
  expect(tool.driver.name).toBe('zones lint')
  // Required of a rule: its id; of a result: its message. A rule's index has to lead to the rule.
  for (const { id, shortDescription } of tool.driver.rules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(shortDescription.text).toMatch(/\.$/)
  }
  expect(tool.driver.rules[results[0].ruleIndex].id).toBe('api-bypass')
  expect(results[0]).toMatchObject({
    ruleId: 'api-bypass',
    level: 'error',
    message: { text: 'It goes around the zone. Witness: /blog/api/x. Fix: Send it to the zone.' },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'host%20dir/next.config.mjs' } } }],
  })
})

test('what is compiled is annotated where it is compiled', () => {
  const log = JSON.parse(asSarif([{ ...finding, file: 'packages/topology (develop, edge routing)' }]))
  expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('packages/topology')
})

test('no finding is a log without results', () => {
  expect(JSON.parse(asSarif([])).runs[0].results).toEqual([])
})
