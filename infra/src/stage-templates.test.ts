import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { exampleFacts } from './example-facts.ts'
import { stageTemplates } from './stage-templates.ts'
import { stackIn, synthesized } from './test/synthesized.ts'

const facts = exampleFacts('develop')

// A folder for temporary files that no other test writes into.
const scratch = mkdtempSync(join(tmpdir(), 'sax-scratch-'))
vi.stubEnv('TMPDIR', scratch)
const templates = stageTemplates({ stage: 'develop', facts })
const left = readdirSync(scratch)
vi.unstubAllEnvs()
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test('the backend is applied before the site', () => {
  expect(templates.map(({ part, stackName }) => [part, stackName])).toEqual([
    ['backend', 'sleepconnect-backend-develop'],
    ['site', 'sleepconnect-develop'],
  ])
})

test('each says where it belongs', () => {
  for (const { region, accountId } of templates) expect([region, accountId]).toEqual(['us-east-1', '111122223333'])
})

test('the body is the template, without a blank', () => {
  for (const { body, template } of templates) {
    expect(JSON.parse(body)).toEqual(template)
    expect(body).toBe(JSON.stringify(template))
  }
})

test('tags are given to the stack and stand in no template', () => {
  for (const { tags, body } of templates) {
    expect(tags).toEqual([
      { Key: 'application', Value: 'sleepconnect' },
      { Key: 'stage', Value: 'develop' },
    ])
    expect(body).not.toContain('"Key":"application"')
  }
})

test('no folder is left behind', () => {
  expect(left).toEqual([])
})

test("the site's template is the one of the routing mode that is asked for, by default the stage's own", () => {
  const stacks = synthesized()
  const site = (routing?: 'host' | 'edge', own = facts) =>
    stageTemplates({ stage: 'develop', facts: own, ...(routing ? { routing } : {}) })[1]?.template
  expect(site()).toEqual(stackIn(stacks, 'sleepconnect-develop-host').template)
  expect(site('edge')).toEqual(stackIn(stacks, 'sleepconnect-develop-edge').template)
  const own = { ...facts, routing: 'edge' } as const
  expect(site(undefined, own)).toEqual(stackIn(stacks, 'sleepconnect-develop-edge').template)
  expect(site('host', own)).toEqual(stackIn(stacks, 'sleepconnect-develop-host').template)
})

test('one stage after the other comes out the same, whatever was synthesized before', () => {
  expect(stageTemplates({ stage: 'develop', facts }).map(({ body }) => body)).toEqual(templates.map(({ body }) => body))
})
