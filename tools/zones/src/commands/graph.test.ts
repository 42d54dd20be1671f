import { expect, test } from 'vitest'
import { graph } from './graph.ts'

const lines = (stage: string, routing?: string) => {
  const outcome = graph({ stage, routing })
  return outcome.kind === 'done' ? outcome.text.split('\n').map((line) => line.trim()) : []
}

test('the host’s behaviours lead to the host in host routing, whose proxy leads to the zone', () => {
  const drawn = lines('production', 'host')
  expect(drawn[0]).toBe('flowchart LR')
  expect(drawn).toContain('sleepconnect(["dreamconnect.health"])')
  expect(drawn).toContain('sleepconnect -->|"1: /outreach/api/#42;"| sleepconnect-pages')
  expect(drawn).toContain('sleepconnect-pages -.->|"proxy"| outreach')
})

test('in edge routing they lead to the zone, and nothing is carried', () => {
  const drawn = lines('production', 'edge')
  expect(drawn).toContain('sleepconnect -->|"1: /outreach/api/#42;"| outreach-api-routes')
  expect(drawn.filter((line) => line.includes('proxy'))).toEqual([])
})

test.each([
  ['an unknown stage', 'prod', undefined, 'There is no stage "prod"'],
  ['an unknown routing mode', 'develop', 'cloud', '--routing is host or edge'],
])('%s is bad input', (_why, stage, routing, says) => {
  expect(graph({ stage, routing })).toMatchObject({ kind: 'bad-input', reason: expect.stringContaining(says) })
})
