import { expect, test } from 'vitest'
import { type Fault, facts, site } from '../test/good-site.ts'
import { runProbe } from './run.ts'
import { siteProbes } from './site-probes.ts'

const TEMPLATES = '/outreach/api/outreach/templates'
const bypassed = {
  status: 400,
  body: '{"code":"VALIDATION_ERROR","message":"Invalid or missing tenant_id","requestId":"r"}',
}

const verified = (fault: Fault) =>
  Promise.all(siteProbes(facts).map((probe) => runProbe(probe, site({ fault, logs: 'unavailable' }), () => 0)))

const findingsOf = async (probe: string, fault: Fault) =>
  (await verified(fault)).find(({ id }) => id === probe)?.findings ?? []

test('Correction 12: scripts are asked for by the names that pages give them, never by a fixed one', async () => {
  const asked: string[] = []
  const recorded: Fault = ({ path }) => {
    asked.push(path)
    // What the checklist asks for exists nowhere, and no promise depends on it.
    return path.endsWith('/chunks/main.js') ? { status: 404 } : undefined
  }
  const results = await verified(recorded)
  expect(results.filter(({ outcome }) => outcome === 'broken')).toEqual([])
  expect(asked.filter((path) => path.endsWith('/chunks/main.js'))).toEqual([])
  expect(asked).toContain('/outreach-static/_next/static/chunks/b2.js')
  const gone: Fault = ({ path }) => (path.endsWith('/chunks/b2.js') ? { status: 404 } : undefined)
  expect((await findingsOf('assets.named.host', gone)).join()).toContain('b2.js')
})

test('Correction 14: going around the zone shows as 400, and a 502 is not taken for it', async () => {
  const at =
    (reply: typeof bypassed): Fault =>
    ({ path, door }) =>
      door === 'host' && path === TEMPLATES ? reply : undefined
  const around = (await findingsOf('api.templates.executed.host', at(bypassed))).join()
  const down = (await findingsOf('api.templates.executed.host', at({ status: 502, body: '{}' }))).join()
  expect(around).toContain('went around the zone')
  expect(down).toContain('does not answer')
  expect(down).not.toContain('went around')
})

test('Correction 15: zones that speak different versions of a contract are found, and so is one that says none', async () => {
  const health = (contracts: object) =>
    JSON.stringify({ data: { status: 'ok', part: 'outreach', release: 'r2', contracts } })
  const at =
    (contracts: object): Fault =>
    ({ path }, good) =>
      path === '/outreach/health' ? { ...good, body: health(contracts) } : undefined
  expect(await findingsOf('release.contracts-agree', at({ api: 1, userContext: 1 }))).toEqual([])
  expect((await findingsOf('release.contracts-agree', at({ api: 1, userContext: 2 }))).join()).toContain(
    'contract userContext is spoken in versions 1',
  )
  expect((await findingsOf('release.contracts-agree', at({}))).join()).toContain('names no contract')
})
