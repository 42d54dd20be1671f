import type { LocalSite } from '@sax/local/settings'
import { people } from '@sax/sample-data'
import { createVerifier } from '@sax/user-context/verify'
import { expect, test } from 'vitest'
import { exitCode } from '../outcome.ts'
import { token } from './token.ts'

const nowSec = () => 1_800_000_000
const secret = 'a-secret-of-this-test-with-32-bytes'
const running: LocalSite = {
  stage: 'local',
  routing: 'host',
  release: 'r',
  pid: 1,
  urls: {
    host: '',
    outreach: '',
    hostPages: '',
    outreachPages: '',
    outreachApiRoutes: '',
    api: '',
    identityProvider: '',
    carrierSimulator: '',
  },
  databaseUrl: '',
  databaseAdminUrl: '',
  logDir: '',
  parts: {},
  userContextSecret: secret,
}
const ports = { site: () => running, people, nowSec }

async function verified(text: string) {
  const verification = await createVerifier({ secrets: { current: secret }, nowSec })([text])
  return verification.kind === 'ok' ? verification.verified : undefined
}

test("prints the checklist's coordinator unless told otherwise, and nothing but the token", async () => {
  const outcome = await token({ stage: 'local', ttl: '900' }, ports)
  const seen = await verified(outcome.kind === 'done' ? outcome.text : '')
  expect(seen?.context).toMatchObject({ saxId: 1386, practiceId: '00000000-0000-0000-0000-000000000020' })
  expect(seen?.expiresAtSec).toBe(1_800_000_900)
})

test('prints a token of the person with the e-mail, in any case', async () => {
  const outcome = await token({ stage: 'local', ttl: '10', user: 'Luis.Ortega@pacificrest.example.test' }, ports)
  const seen = await verified(outcome.kind === 'done' ? outcome.text : '')
  expect(seen?.context).toMatchObject({ saxId: 2401, tenantId: '00000000-0000-0000-0000-000000000002' })
})

test('an unknown person is refused with the e-mails there are', async () => {
  const outcome = await token({ stage: 'local', ttl: '900', user: 'nobody@example.test' }, ports)
  expect(exitCode(outcome)).toBe(1)
  expect(outcome).toMatchObject({ text: '', reason: expect.stringContaining('dana.whitfield@northshore.example.test') })
})

test('without a running site the answer says how to start one', async () => {
  const outcome = await token({ stage: 'local', ttl: '900' }, { ...ports, site: () => undefined })
  expect(outcome).toMatchObject({ kind: 'failed', text: '', reason: expect.stringContaining('npm start') })
})

test.each(['0', '-1', '1.5', 'x', '', '86401', '1e3', ' 5'])('a ttl of "%s" is bad input', async (ttl) => {
  const outcome = await token({ stage: 'local', ttl }, ports)
  expect(outcome.kind).toBe('bad-input')
  expect(exitCode(outcome)).toBe(2)
})

test.each(['production', 'develop', 'nowhere'])('S3: no token is made for %s', async (stage) => {
  expect(await token({ stage, ttl: '900' }, ports)).toMatchObject({ kind: 'bad-input' })
})
