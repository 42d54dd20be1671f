import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generatedBlocks, withGeneratedBlocks } from './generated-blocks.ts'

const runbook = readFileSync(new URL('../../../../docs/runbooks/first-deployment.md', import.meta.url), 'utf8')

test('the runbook says what the topology says today; npx zones infra runbook brings it along', () => {
  expect(withGeneratedBlocks(runbook)).toBe(runbook)
})

test('the checklist’s names are in it, and the names it got wrong are not', () => {
  const { resources = '', names = '' } = generatedBlocks()
  expect(names).toContain('`outreach-dev.mydreamconnect.com`, `outreach.mydreamconnect.com`')
  expect(resources).toContain('`sax-lambda-us-east-1-0x-d-outreach-server_develop`')
  expect(resources).toContain('`sax-lambda-us-east-1-0x-p-sleep-connect-server_production`')
  expect(resources).not.toContain('-sleepconnect-server_')
})

test('a document without a place for a part is refused', () => {
  expect(() => withGeneratedBlocks(runbook.replace('<!-- names -->', ''))).toThrow('no place for "names"')
})
