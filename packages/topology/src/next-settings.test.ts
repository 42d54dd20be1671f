import { expect, test } from 'vitest'
import { nextSettings } from './next-settings.ts'
import { host, outreach } from './zones.ts'

test("R1: a zone's prefixes reach Next from the topology, the host has none", () => {
  expect(nextSettings(outreach)).toMatchObject({ basePath: '/outreach', assetPrefix: '/outreach-static' })
  expect(nextSettings(host)).not.toHaveProperty('basePath')
  expect(nextSettings(host)).not.toHaveProperty('assetPrefix')
})

test('Correction 8: no address is part of what is frozen at build time', () => {
  for (const zone of [host, outreach]) expect(JSON.stringify(nextSettings(zone))).not.toMatch(/https?:|localhost/)
})
