import { expect, test } from 'vitest'
import { readIdTokenClaims, storedContext, storedUser } from './claims.ts'

const plain = {
  sub: 'auth0|1',
  name: "Siobhán O'Connor",
  email: 'siobhan@northshore.example.test',
  sax_id: 1387,
  tenant_id: '00000000-0000-0000-0000-000000000001',
  practice_id: '00000000-0000-0000-0000-000000000020',
  roles: ['coordinator'],
}

const context = {
  saxId: 1387,
  tenantId: '00000000-0000-0000-0000-000000000001',
  practiceId: '00000000-0000-0000-0000-000000000020',
  email: 'siobhan@northshore.example.test',
  name: "Siobhán O'Connor",
  roles: ['coordinator'],
}

test('plain claims name a person', () => {
  expect(readIdTokenClaims(plain, '')).toEqual({ kind: 'ok', context })
})

test('namespaced claims name the same person, and plain ones beside them count for nothing', () => {
  const namespaced = {
    sub: plain.sub,
    name: plain.name,
    email: plain.email,
    'https://sleepconnect/sax_id': '1387',
    'https://sleepconnect/tenant_id': plain.tenant_id,
    'https://sleepconnect/practice_id': plain.practice_id,
    'https://sleepconnect/roles': ['coordinator'],
    tenant_id: '00000000-0000-0000-0000-000000000002',
    roles: ['administrator'],
  }
  expect(readIdTokenClaims(namespaced, 'https://sleepconnect/')).toEqual({ kind: 'ok', context })
})

test.each<[why: string, changed: Record<string, unknown>]>([
  ['no sax_id', { sax_id: undefined }],
  ['a sax_id with letters', { sax_id: 'SAX-1' }],
  ['a sax_id with a leading zero', { sax_id: '01387' }],
  ['a sax_id of zero', { sax_id: 0 }],
  ['a broken sax_id', { sax_id: 13.5 }],
  ['no tenant', { tenant_id: undefined }],
  ['a tenant that is no UUID', { tenant_id: 'tenant-a' }],
  ['a list as practice', { practice_id: [plain.practice_id] }],
  ['roles as one word', { roles: 'administrator' }],
  ['no e-mail', { email: undefined }],
])('an account with %s is unusable', (_why, changed) => {
  expect(readIdTokenClaims({ ...plain, ...changed }, '')).toEqual({ kind: 'refused', code: 'malformed' })
})

test('unknown roles give no rights', () => {
  const parsed = readIdTokenClaims({ ...plain, roles: ['owner', 'Administrator', 'manager'] }, '')
  expect(parsed).toMatchObject({ kind: 'ok', context: { roles: ['manager'] } })
})

test('somebody without a name is called by their nickname, then by their e-mail', () => {
  expect(readIdTokenClaims({ ...plain, name: '', nickname: 'shiv' }, '')).toMatchObject({ context: { name: 'shiv' } })
  expect(readIdTokenClaims({ ...plain, name: undefined }, '')).toMatchObject({
    context: { name: 'siobhan@northshore.example.test' },
  })
})

test('C4: of a profile of 64 kB the session keeps less than 1 kB', () => {
  const profile = { ...plain, picture: 'x'.repeat(32_000), app_metadata: { notes: 'y'.repeat(32_000) } }
  const stored = storedUser('auth0|1', readIdTokenClaims(profile, ''))
  expect(Object.keys(stored).toSorted()).toEqual([
    'email',
    'name',
    'practice_id',
    'roles',
    'sax_id',
    'sub',
    'tenant_id',
  ])
  expect(JSON.stringify(stored).length).toBeLessThan(1024)
})

test('C4: names without end are cut, so that the token fits its cookie', () => {
  const parsed = readIdTokenClaims({ ...plain, name: 'n'.repeat(50_000), practice_name: 'p'.repeat(50_000) }, '')
  expect(parsed.kind === 'ok' && parsed.context.name.length).toBe(200)
  expect(JSON.stringify(storedUser('auth0|1', parsed)).length).toBeLessThan(1024)
})

test('an unusable account leaves only its subject in the session', () => {
  const parsed = readIdTokenClaims({ ...plain, sax_id: 'x'.repeat(10_000) }, '')
  expect(storedUser('auth0|1', parsed)).toEqual({ sub: 'auth0|1' })
})

test('what is stored is read back as the same person', () => {
  const stored = storedContext('auth0|1', { ...context, practiceName: 'Harbor Sleep Center', roles: ['coordinator'] })
  expect(readIdTokenClaims(stored, '')).toEqual({
    kind: 'ok',
    context: { ...context, practiceName: 'Harbor Sleep Center' },
  })
})
