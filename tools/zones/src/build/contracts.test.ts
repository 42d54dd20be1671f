import { repositoryRoot } from '@sax/local/settings'
import { functionRoles } from '@sax/topology'
import { expect, test } from 'vitest'
import { contractsOf, contractVersions } from './contracts.ts'

test('every contract that somebody speaks is understood by those it is spoken to', () => {
  const versions = { api: 3, userContext: 2 }
  const understood = Object.fromEntries(functionRoles.map((role) => [role, contractsOf(role, versions).accepts]))
  for (const role of functionRoles) {
    for (const [contract, { version, to }] of Object.entries(contractsOf(role, versions).speaks)) {
      for (const other of to) expect(understood[other]?.[contract]).toContain(version)
    }
  }
})

test('the host does not speak to the backend: it does not know it', () => {
  expect(JSON.stringify(contractsOf('sleep-connect-server', { api: 1, userContext: 1 }).speaks)).not.toContain(
    '"outreach-api"',
  )
})

test('versions are those of the sources that are built', async () => {
  expect(await contractVersions(repositoryRoot)).toEqual({ api: 1, userContext: 1 })
})
